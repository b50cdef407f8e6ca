import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import type { JobsOptions } from 'bullmq'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, createWorker, job } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { ask, member } from './support/attack.ts'
import { createDatabase } from './support/database.ts'
import { onQueue, taskOf, testEngine } from './support/test-engine.ts'

/** Another program puts its jobs into the queue of ours. */
const lines: string[] = []
const note = new Writable({
  write(line: Buffer, _, done) {
    lines.push(String(line))
    done()
  },
})
const ran: unknown[] = []
const teardown = createTeardown()
let database: string
let url: string
/** Puts a job into our queue, as it is. */
let add: (name: string, data: unknown, options: JobsOptions) => Promise<string | undefined>

beforeAll(async () => {
  database = await createDatabase()
  const jobs = {
    ours: job({
      run: (_, args: unknown) => {
        ran.push(args)
        return null
      },
    }),
  }
  const app = {
    database,
    engine: testEngine(database),
    jobs,
    logger: pino({ level: 'warn' }, note),
  }
  const gateway = await createGateway(app)
  teardown.defer(gateway.close)
  url = (await gateway.listen(0)).url
  add = (...given) => onQueue(database, async (queue) => (await queue.add(...given)).id)
  const worker = await createWorker(app)
  teardown.defer(() => worker.close({ force: true }))
})
afterAll(teardown.run)

it.each<[what: string, name: string, data: unknown, options: JobsOptions]>([
  ['a name and an id of its own', 'theirs', { to: 'ann' }, { attempts: 3 }],
  ['a name of ours', 'ours', { to: 'ann' }, { attempts: 3 }],
  ['a UUID of its own', 'theirs', {}, { jobId: randomUUID() }],
  ['a UUID of its own and a name of ours', 'ours', null, { jobId: randomUUID() }],
  ['a runId of its own', 'ours', { runId: 17, args: 'null' }, {}],
  ['a runId that is no UUID', 'theirs', { runId: 'run-17', args: 'null' }, {}],
  ['args of its own', 'ours', { runId: randomUUID(), args: { to: 'ann' } }, {}],
  ['args that are no JSON', 'ours', { runId: randomUUID(), args: '--help' }, { attempts: 3 }],
  ['a list for data', 'theirs', [1, 2], {}],
])('a job with %s fails once, with a reason, and is logged', async (_, name, data, options) => {
  lines.length = 0
  const backoff = { type: 'fixed', delay: 1 }
  const id = await add(name, data, { ...options, backoff })
  const reason = expect.stringMatching(/is not a job of Headway/)
  await expect
    .poll(() => taskOf(database, id))
    .toMatchObject({ state: 'failed', started: 1, reason })
  expect(lines.filter((line) => line.includes('is not a job of Headway'))).toHaveLength(1)
  expect(lines.join('')).toContain(id)
  // The worker is at work.
  const args = randomUUID()
  const answer = await ask(url, 'POST', '/rpc/ours', {}, { args })
  expect(member(answer, 'job_id')).toBeDefined()
  await expect.poll(() => ran).toEqual([args])
  ran.length = 0
})
