import { setTimeout } from 'node:timers/promises'
import { createGateway, createWorker, job, stopOnSignals } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'

const export_users = job({
  run: async (ctx, { format }: { format: 'csv' | 'json' }) => {
    for (let row = 0; row < 100; row++) {
      ctx.progress(row, `row ${row} of 100`)
      await setTimeout(100) // in place of the real work
    }
    return { file: `${ctx.id}.${format}` }
  },
})

const app = { database: process.env.DATABASE_URL ?? '', engine: bullmq(), jobs: { export_users } }
const gateway = await createGateway(app)
export type Api = typeof gateway.api

await gateway.listen(Number(process.env.PORT), 'localhost')
stopOnSignals({ gateway, worker: await createWorker(app), drainMs: 100 })
