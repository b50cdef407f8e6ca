import { setTimeout as wait } from 'node:timers/promises'
import { job } from '@headway/gateway'

const rows = 100

/** Writes users to a file, in place of which it waits. */
export const exportUsers = job({
  run: async (ctx, { format }: { format: 'csv' | 'json' }) => {
    for (let done = 0; done < rows; done += 1) {
      ctx.progress({ done, total: rows, unit: 'rows' })
      await wait(30, undefined, { signal: ctx.signal })
    }
    return { url: `/files/${ctx.id}.${format}` }
  },
})
