import { post, type Stream } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { dbos } from '../../src/dbos.ts'
import { createGateway, type Gateway, workflow } from '../../src/index.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

let gateway: Gateway
export let database: string
export let url: string
export const streams: Stream[] = []

const text = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof value === 'string' ? { value } : { issues: [{ message: 'no text' }] },
  },
}

beforeAll(async () => {
  database = await createDatabase()
  const run = () => null
  const workflows = {
    deploy: workflow({ steps: ['build', 'approve', 'release'], run }),
    told: workflow({ events: { word: text }, run }),
  }
  // Nobody works: what happens to these is said in SQL.
  gateway = await createGateway({ database, workflows, workflowEngine: dbos(), logger: quiet })
  url = (await gateway.listen(0)).url
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => gateway?.close())
export const dataOf = (answer: { body: unknown }): Record<string, unknown> =>
  isRecord(answer.body) && isRecord(answer.body.data) ? answer.body.data : {}
export const codeOf = (answer: { status: number; body: unknown }): [number, unknown] => [
  answer.status,
  isRecord(answer.body) && isRecord(answer.body.error) ? answer.body.error.code : undefined,
]
export const start = async (name = 'deploy'): Promise<string> =>
  String(dataOf(await post(url, `/rpc/${name}`, { args: null })).workflow_id)
/** One that is reported on. */
export const begin = async (): Promise<string> => {
  const statement = `select headway.start_workflow('deploy', array['build', 'release']) as id`
  return (await query<{ id: string }>(database, statement))[0]?.id ?? ''
}
export const say = (call: string, values: unknown[]) =>
  query(database, `select headway.${call}`, values)
