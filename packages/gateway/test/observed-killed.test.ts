import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { runIdOf } from '@headway/core/queues'
import type { Job } from 'bullmq'
import * as six from 'bullmq'
import * as five from 'bullmq-5'
import { afterAll, expect, it } from 'vitest'
import { createTeardown } from '../src/teardown.ts'
import { createDatabase, query } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'
import { startRedis } from './support/redis.ts'

/** How many jobs; `OBSERVED_JOBS=100000` for a long look. */
const count = Number(process.env.OBSERVED_JOBS ?? 3_000)
/** Jobs of the last name leave their queue with their end. */
const names = ['good', 'once', 'good', 'dead', 'final', 'leaves'] as const
const nameOf = (number: number) => names[number % names.length] ?? 'good'
/** How many events Redis keeps; with `EVENTS=100`, it forgets ends before they are read. */
const maxLen = Number(process.env.EVENTS ?? 10_000)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
/** Each version in turn; two versions in one queue is not what BullMQ promises. */
const version = process.env.BULLMQ ?? (seed % 2 === 0 ? '6' : '5')
const { Queue } = version === '5' ? (five as unknown as typeof six) : six

const teardown = createTeardown()
afterAll(teardown.run)

/** Chance that a failure can repeat. */
const createRandom = (state: number) => () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return state / 2_147_483_648
}

it(`${count} jobs, with workers, Redis and observers killed at random: no end is wrong, none of a job that is kept is missing (BULLMQ=${version} SEED=${seed})`, {
  timeout: 180_000 + 20 * count,
}, async () => {
  const random = createRandom(seed)
  const database = await createDatabase()
  const redis = await startRedis()
  teardown.defer(redis.stop)
  const env = { DATABASE: database, TEST_REDIS: redis.url }
  const running = new Map<string, ChildProcess>()
  const start = async (slot: string): Promise<void> => {
    const isWorker = slot.startsWith('worker')
    const script = isWorker ? './their-worker.ts' : './observer.ts'
    const own = { ...env, BULLMQ: version }
    running.set(slot, (await startProcess(script, own)).child)
  }
  teardown.defer(() => Promise.all([...running.values()].map(kill)))
  await Promise.all(['worker 1', 'worker 2', 'observer 1', 'observer 2'].map(start))
  // An end that becomes another state: none of these jobs is retried after its end.
  await query(
    database,
    `create table undone (id text, was text, became text);
     create function note_undone() returns trigger language plpgsql as $$ begin
       insert into undone values (new.engine_id, old.status, new.status);
       return null;
     end $$;
     create trigger note_undone after update on headway.run for each row
       when (old.finished_at is not null and new.status is distinct from old.status)
       execute function note_undone()`,
  )
  const connection = { url: redis.url, maxRetriesPerRequest: null }
  const queue = new Queue('theirs', { connection, streams: { events: { maxLen } } })
  queue.on('error', () => undefined)
  teardown.defer(() => queue.close())

  let isAdded = false
  const adding = (async () => {
    for (let from = 0; from < count; from += 500) {
      const numbers = Array.from(
        { length: Math.min(500, count - from) },
        (_, index) => from + index,
      )
      const jobs = numbers.map((number) => {
        const name = nameOf(number)
        const attempts = name === 'once' ? 2 : name === 'dead' ? 2 : 1
        const data = { number, userId: `user ${number % 7}` }
        return {
          name,
          data,
          opts: {
            jobId: `job-${number}`,
            attempts: name === 'final' ? 3 : attempts,
            removeOnComplete: name === 'leaves',
          },
        }
      })
      // Under its own id, so that one whose answer was lost may be added again.
      for (let isDone = false; !isDone; ) {
        isDone = await queue.addBulk(jobs).then(
          () => true,
          () => false,
        )
      }
      await wait(random() * 50)
    }
    isAdded = true
  })()
  const isBusy = async (): Promise<boolean> => {
    if (!isAdded) return true
    const counts = await queue.getJobCounts('wait', 'active', 'delayed').catch(() => ({ wait: 1 }))
    return Object.values(counts).some((number) => number > 0)
  }
  let kills = 0
  while (await isBusy()) {
    await wait(200 + 1_500 * random())
    const victim = Math.floor(random() * 5)
    kills += 1
    if (victim === 4) {
      await redis.kill()
      await wait(random() * 500)
      await redis.start()
      continue
    }
    const slot = ['worker 1', 'worker 2', 'observer 1', 'observer 2'][victim] ?? ''
    const child = running.get(slot)
    if (child) await kill(child)
    await wait(random() * 2_000)
    await start(slot)
  }
  await adding
  expect(kills).toBeGreaterThan(0)
  if (process.env.OBSERVED_JOBS) console.info(`${count} jobs, ${kills} kills`)

  const numberOf = (id: string): number => Number(id.slice('job-'.length))
  const wrong = async (): Promise<unknown[]> => {
    const rows = await query<{
      id: string
      jobId: string
      status: string
      output: unknown
      owner: string
    }>(
      database,
      `select id, engine_id as "jobId", status, output, owner
         from headway.run where engine = 'observed'`,
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    const jobs = (await queue.getJobs(['completed', 'failed'])) as Job[]
    const bad = jobs.filter((job) => {
      const row = byId.get(runIdOf({ queue: 'theirs', id: String(job.id) }))
      const status = { good: 'completed', once: 'completed', dead: 'dead_letter', final: 'failed' }
      const isRight = row?.status === status[job.name as 'good']
      const isWhole = job.failedReason || row?.output === job.data.number
      return !isRight || !isWhole || row?.owner !== job.data.userId
    })
    const left = rows.filter(({ jobId }) => nameOf(numberOf(jobId)) === 'leaves')
    // Its end was read, or nobody can know it.
    const guessed = left.filter(({ jobId, status, output }) =>
      status === 'completed' ? output !== numberOf(jobId) : status !== 'not_found',
    )
    if (process.env.OBSERVED_JOBS) console.info(countBy(left.map(({ status }) => status)))
    const kept = count - Math.floor(count / names.length)
    const lengths = [jobs.length - kept, rows.length - left.length - kept]
    return [...lengths, ...bad.map((job) => job.asJSON()), ...guessed]
  }
  await expect.poll(wrong, { interval: 500, timeout: 60_000 + 2 * count }).toEqual([0, 0])
  // One that left its queue may be added again, and be done once more.
  const undone = await query<{ id: string }>(database, 'select * from undone')
  expect(undone.filter(({ id }) => nameOf(numberOf(id)) !== 'leaves')).toEqual([])
})

const countBy = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
