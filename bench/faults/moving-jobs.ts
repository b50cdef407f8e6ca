import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { now } from '../gateway/readers.ts'
import { createOrder } from './in-order.ts'
import { jobs, moveEveryMs } from './schedule.ts'

/** Jobs that move all the time until each ends. */
export interface MovingJobs {
  ids: string[]
  /** The time at which each job's end was committed, as its writer knows it. */
  endedAt: number[]
  /** Ends a job. */
  end(job: number): Promise<void>
  /** Ends each of these jobs at its time from now on, in milliseconds. */
  endAt(times: readonly number[]): Promise<void>
  stop(): Promise<void>
}

/** Starts the jobs, and writes their states as programs in any language do: with SQL. */
export async function startJobs(client: pg.Client, clients: number): Promise<MovingJobs> {
  const ids = Array.from({ length: jobs }, () => crypto.randomUUID())
  const inOrder = createOrder()
  const write = (call: string, values: unknown[]): Promise<unknown> =>
    inOrder(() => client.query(`select headway.${call}`, values))
  for (const id of ids) await write(`start_job('export_users', id => $1)`, [id])
  const endedAt: number[] = []
  let isStopped = false
  const end = async (job: number): Promise<void> => {
    await write('complete($1)', [ids[job]])
    endedAt[job] = now()
  }
  const move = async (): Promise<void> => {
    for (let moves = 0; !isStopped; moves += 1) {
      await wait(moveEveryMs(clients) / jobs)
      // What has ended stays as it is.
      const percent = Math.min(99, Math.floor(moves / jobs / 4))
      const message = `row ${moves * 1_000} of 10,000,000`
      await write('progress($1, $2, $3)', [ids[moves % jobs], percent, message])
    }
  }
  const moving = move()
  return {
    ids,
    endedAt,
    end,
    async endAt(times) {
      const ending = times.map(async (ms, job) => {
        await wait(ms)
        await end(job)
      })
      await Promise.all(ending)
    },
    async stop() {
      isStopped = true
      await moving
    },
  }
}
