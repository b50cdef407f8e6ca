import { openStream, type Stream } from '@headway/conformance/wire'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { createGateway, createWorker, type Gateway, type Worker } from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'
import { testEngine } from './test-engine.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
let gateway: Gateway
let worker: Worker | undefined
export let url: string
const streams: Stream[] = []

export const open = async (): Promise<Stream> => {
  const stream = await openStream(url)
  streams.push(stream)
  return stream
}
export const work = async (concurrency = 4): Promise<void> => {
  worker = await createWorker({
    database,
    engine: testEngine(database),
    jobs,
    logger: quiet,
    concurrency,
    maskErrors: false,
  })
}
export const isDone = ({ status }: { status: string }): boolean =>
  ['completed', 'failed', 'dead_letter', 'cancelled'].includes(status)

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, engine: testEngine(database), jobs, logger: quiet })
  url = (await gateway.listen(0)).url
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await worker?.close({ force: true })
  worker = undefined
})
afterAll(() => gateway?.close())
