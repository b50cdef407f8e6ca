import type pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { quiet } from '../../test/support/quiet.ts'
import { job } from '../app/job.ts'
import { queueJob } from '../app/queue-job.ts'
import { routeHandOvers } from './route-hand-overs.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const start = () => {
  const [own, added]: [string[], string[]] = [[], []]
  let [isClosed, reads] = [false, 0]
  const query = async (text: string) => {
    if (/select/.test(text)) reads += 1
    return { rows: [] }
  }
  const handOver = routeHandOvers(
    {
      task: async ({ name }) => void own.push(name),
      tasks: (tasks) => void own.push(...tasks.map(({ name }) => name)),
      many: async () => undefined,
      close: () => {
        isClosed = true
      },
    },
    {
      pool: { query } as unknown as pg.Pool,
      jobs: {
        film: queueJob({ queue: 'films' }),
        cut: queueJob({ queue: 'films', name: 'trim' }),
        mail: queueJob({ queue: 'mails', prefix: 'other' }),
        own: job({ run: () => null }),
      },
      observed: { add: async (queue, _, name) => void added.push(`${queue} ${name}`) },
      logger: quiet,
    },
  )
  const task = (name: string) => ({ id: name, runId: name, name, args: {}, options: null })
  return { handOver, task, own, added, isClosed: () => isClosed, reads: () => reads }
}

it('a job goes to its queue, and all others to the engine', async () => {
  const { handOver, task, own, added } = start()
  await handOver.task(task('film'))
  await handOver.task(task('own'))
  handOver.tasks(['cut', 'mail', 'own', 'unknown'].map(task))
  await vi.advanceTimersByTimeAsync(0)
  expect(own).toEqual(['own', 'own', 'unknown'])
  expect(added).toEqual(['bull:films film', 'bull:films trim', 'other:mails mail'])
  handOver.close()
})

it('what was left behind is looked for once per queue, until it is closed', async () => {
  const { handOver, isClosed, reads } = start()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads()).toBe(2)
  handOver.close()
  await vi.advanceTimersByTimeAsync(30_000)
  expect([reads(), isClosed()]).toEqual([2, true])
})
