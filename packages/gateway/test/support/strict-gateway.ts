import type { Stream } from '@headway/conformance/wire'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll } from 'vitest'
import {
  type CallRules,
  createGateway,
  type Gateway,
  job,
  mutation,
  query,
  workflow,
} from '../../src/index.ts'
import { secret } from './attack.ts'
import { createDatabase } from './database.ts'
import { memoryEngine } from './memory-engine.ts'
import { memoryWorkflowEngine } from './memory-workflow-engine.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

/* Whatever makes something run asks one door: roles, rate limits, whose it is. */

export const staff = { roles: ['staff'] }
const strict: CallRules = { ...staff, rateLimit: { calls: 2, perSecs: 600 } }
const strictJob = job({ ...strict, run: () => null })
const strictWorkflow = workflow({ ...strict, run: () => null })

export let database: string
let gateway: Gateway
export let url: string
export const streams: Stream[] = []

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: memoryEngine(),
    workflowEngine: memoryWorkflowEngine(),
    jobs: { strictJob, openJob: job({ public: true, run: () => null }) },
    workflows: { strictWorkflow },
    queries: { strictQuery: query({ ...strict, run: () => 1 }) },
    mutations: {
      strictMutation: mutation({ ...strict, input: v.unknown(), files: true, run: () => 1 }),
      startsJob: mutation({ run: ({ start }) => start(strictJob) }),
      startsWorkflow: mutation({ run: ({ start }) => start(strictWorkflow) }),
    },
    logger: quiet,
    auth: { jwt: { secret } },
    trustProxy: 1,
  })
  url = (await gateway.listen(0)).url
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => gateway?.close())

export type Headers = Record<string, string>
