import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type JobContext, job } from '../../src/index.ts'

/** Until the job is asked to stop. */
const stopped = async ({ signal }: JobContext): Promise<never> => {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

/** Jobs that behave as tests need it, here and in worker processes. */
export const jobs = {
  /** Reports each row and returns how many there were. */
  count: job({
    run: (ctx, { rows }: { rows: number }) => {
      for (let row = 1; row <= rows; row++)
        ctx.progress((100 * row) / rows, `row ${row} of ${rows}`)
      return { rows }
    },
  }),
  /** Runs until it is cancelled. */
  endless: job({
    run: async (ctx) => {
      ctx.progress(1, 'at work')
      return stopped(ctx)
    },
  }),
  /** Runs long enough to be killed meanwhile, and longer than the lock of its worker. */
  slow: job({
    run: async (ctx) => {
      ctx.progress(50, `attempt ${ctx.attempt}`)
      if (ctx.attempt === 1) return stopped(ctx)
      return { attempt: ctx.attempt }
    },
  }),
  /** Finishes although it was asked to stop. */
  stubborn: job({
    run: async (ctx) => {
      ctx.progress(1, 'at work')
      await stopped(ctx).catch(() => undefined)
      return 'done anyway'
    },
  }),
  /** Reports what cannot be: no message at the end, where there was one before; and no text. */
  careless: job({
    run: async (ctx) => {
      ctx.progress(50, 'half')
      ctx.progress(Number.NaN, 7 as never)
      await wait(1)
      ctx.progress(250)
      return null
    },
  }),
  failing: job({
    run: () => {
      throw new Error('disk \0full')
    },
  }),
  failingTwice: job({
    attempts: 2,
    run: () => {
      throw new Error('disk full')
    },
  }),
  failingOnce: job({
    attempts: 2,
    run: ({ attempt }) => {
      if (attempt === 1) throw new Error('disk full')
      return attempt
    },
  }),
  /** Works in steps, each long enough for something to be killed meanwhile. */
  steady: job({
    run: async (ctx, { steps }: { steps: number }) => {
      for (let step = 1; step <= steps; step += 1) {
        ctx.progress((100 * step) / steps, `step ${step} of ${steps}`)
        await wait(100, undefined, { signal: ctx.signal })
      }
      return { steps }
    },
  }),
  /** Returns more than anybody is to be sent. */
  huge: job({ run: () => 'x'.repeat(10 * 1_048_576) }),
  unspeakable: job({ run: () => 12n }),
  /** Half a surrogate pair, and a NUL. */
  odd: job({ run: (_, args: unknown) => ({ args, text: 'a\0b\ud800c' }) }),
  quick: job({
    run: async () => {
      await wait(1)
      return null
    },
  }),
}
