import { setTimeout as wait } from 'node:timers/promises'
import { job, Refused, type ServerJob } from '@headway/gateway'
import * as v from 'valibot'
import { paceMs } from '../pace.ts'

const input = v.object({
  /** The name of the file, such as `users-07.csv`. */
  file: v.pipe(v.string(), v.regex(/^[\w-]{1,40}\.csv$/)),
  rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_500)),
  /** A line of it cannot be read, until it is tried again. */
  isBroken: v.boolean(),
})

type Args = v.InferOutput<typeof input>

/** So many rows take one pause. */
const batchRows = 100

/**
 * Imports one file of a batch: small work, of which there is much. With the demo's pace of 200 ms
 * it takes 1 to 3 seconds for 500 to 1,500 rows. It writes nothing.
 */
export function importFile(): ServerJob<Args, { rows: number }> {
  return job({
    input,
    run: async (ctx, { file, rows, isBroken }) => {
      for (let done = 0; done < rows; ) {
        await wait(paceMs, undefined, { signal: ctx.signal })
        done = Math.min(rows, done + batchRows)
        ctx.progress({ done, total: rows, unit: 'rows' })
        // A retry succeeds, as if the user had mended the file.
        if (isBroken && ctx.attempt === 1 && done * 2 >= rows) {
          throw new Refused(`${file}: line ${done + 1} has no email`)
        }
      }
      return { rows }
    },
  })
}
