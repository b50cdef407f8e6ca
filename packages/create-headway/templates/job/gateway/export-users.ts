import { setTimeout } from 'node:timers/promises'
import { job } from '@headway/gateway'

/** Takes about ten seconds. Without `public`, only users who have signed in may start it. */
export const export_users = job({
  public: true,
  run: async (ctx, { format }: { format: 'csv' | 'json' }) => {
    for (let row = 0; row < 100; row++) {
      ctx.progress(row, `row ${row} of 100`)
      await setTimeout(100, null, { signal: ctx.signal }) // in place of the real work
    }
    return { file: `${ctx.id}.${format}` }
  },
})
