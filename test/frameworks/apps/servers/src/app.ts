import { createWorker, job } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'

const database = process.env.DATABASE_URL
if (database === undefined) throw new Error('DATABASE_URL is missing')

const count_rows = job({
  run: async (ctx, { rows }: { rows: number }) => {
    ctx.progress(50, 'half of them')
    return { rows }
  },
})

export const app = { database, engine: bullmq(), jobs: { count_rows } }
export const worker = await createWorker(app)
export const port = Number(process.env.PORT)
