import { setTimeout } from 'node:timers/promises'
import { createGateway, createWorker, job, oncePerProcess, stopOnSignals } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { embeddedPostgres } from '@headway/gateway/embedded'

const export_users = job({
  public: true,
  run: async (ctx, { format }: { format: 'csv' | 'json' }) => {
    for (let row = 0; row < 100; row++) {
      ctx.progress(row, `row ${row} of 100`)
      await setTimeout(100, null, { signal: ctx.signal }) // in place of the real work
    }
    return { file: `${ctx.id}.${format}` }
  },
})

export const headway = oncePerProcess('headway', async () => {
  const database = process.env.DATABASE_URL ?? (await embeddedPostgres({ directory: '.data' })).url
  const app = { database, engine: bullmq(), jobs: { export_users } }
  const gateway = await createGateway({
    ...app,
    // Your session's user: `{ id }`. `null` is a visitor who has not signed in.
    auth: { authenticate: async () => null },
    // Next.js itself writes the address of the client into X-Forwarded-For.
    trustProxy: 1,
  })
  stopOnSignals({ gateway, worker: await createWorker(app), drainMs: 1_000 })
  return gateway
})

export type Api = Awaited<ReturnType<typeof headway>>['api']
