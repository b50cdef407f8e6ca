import { openStream, type Stream } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import { afterAll, beforeAll } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { createGateway, type Gateway, job } from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let gateway: Gateway
export let database: string
export let url: string
export let stream: Stream

/** Takes `{ format }`, and says so as any Standard Schema does. */
const format = {
  '~standard': {
    version: 1 as const,
    vendor: 'test',
    validate: (value: unknown) =>
      isRecord(value) && typeof value.format === 'string'
        ? { value: { format: value.format } }
        : { issues: [{ message: 'a text is needed', path: ['format'] }] },
  },
}

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: bullmq(),
    logger: quiet,
    jobs: {
      export_users: job({ input: format, run: () => null }),
      plain: job({ run: () => null }),
    },
    maxBodyBytes: 2_000,
    maxSessions: 2,
    maxRegistrations: 2,
  })
  url = (await gateway.listen(0)).url
  stream = await openStream(url)
})
afterAll(async () => {
  stream?.close()
  await gateway?.close()
})

export const send = async (path: string, init: RequestInit) => {
  const response = await fetch(`${url}/_api${path}`, init)
  return { status: response.status, headers: response.headers, body: await response.json() }
}
export const asJson = { 'content-type': 'application/json' }
