import { setTimeout as wait } from 'node:timers/promises'
import { bullmq } from '../../src/bullmq.ts'
import { createWorker, job } from '../../src/index.ts'
import { query } from './database.ts'
import { quiet } from './quiet.ts'

/**
 * A worker whose jobs keep the whole process busy, for longer than their lock: it says `ready`, and
 * ends with its parent. Each effect of a job is a row of the table `effect`.
 */
const database = process.env.DATABASE ?? ''
const lockMs = Number(process.env.LOCK_MS ?? 500)
const note = (run: string, what: string): Promise<unknown> =>
  query(database, 'insert into effect (run, pid, what) values ($1, $2, $3)', [
    run,
    process.pid,
    what,
  ])
const block = (ms: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

interface Work {
  /** How long the process is busy. */
  ms: number
  /** How long the job then waits for something, without writing a thing. */
  restMs?: number
  fails?: boolean
}
const compute = (attempts: number) =>
  job({
    attempts,
    backoff: { type: 'fixed', delayMs: 1 },
    async run(ctx, { ms, restMs = 0, fails = false }: Work) {
      await note(ctx.id, `begun ${ctx.attempt}`)
      // The worker that takes over is quick.
      if (ctx.attempt === 1 || fails) block(ms)
      await wait(restMs)
      if (!restMs) await note(ctx.id, `done ${ctx.attempt}`)
      if (fails) throw new Error('it does not compute')
      return { attempt: ctx.attempt }
    },
  })
await createWorker({
  database,
  engine: bullmq({ lockMs, stalledIntervalMs: lockMs / 2 }),
  jobs: { compute: compute(1), compute_thrice: compute(3), quick: job({ run: () => null }) },
  logger: quiet,
  maskErrors: false,
  concurrency: 1,
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
