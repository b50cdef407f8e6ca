import express = require('express')
import gateway = require('@headway/gateway')
import bullmq = require('@headway/gateway/bullmq')

/** CommonJS: TypeScript and Node 20.19 load the ES modules of the packages by `require`. */
async function serve(): Promise<void> {
  const database = process.env.DATABASE_URL
  if (database === undefined) throw new Error('DATABASE_URL is missing')
  const count_rows = gateway.job({ run: async (_ctx, { rows }: { rows: number }) => ({ rows }) })
  const app = { database, engine: bullmq.bullmq(), jobs: { count_rows } }
  const made = await gateway.createGateway(app)
  const worker = await gateway.createWorker(app)
  express()
    .use(made.node)
    .get('/', (_request, response) => {
      response.send('common')
    })
    .listen(Number(process.env.PORT))
  gateway.stopOnSignals({ gateway: made, worker, drainMs: 100 })
}

serve().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
