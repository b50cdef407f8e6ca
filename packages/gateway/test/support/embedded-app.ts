import { once } from 'node:events'
import { bullmq } from '../../src/bullmq.ts'
import { embeddedPostgres } from '../../src/embedded.ts'
import { createGateway, createWorker, job, stopOnSignals } from '../../src/index.ts'

/*
 * An app as the README makes it, whose job goes on until somebody presses Ctrl-C. `STOPS` says what
 * it does then: `in order`, `with the database`, or nothing.
 */
const postgres = await embeddedPostgres({ directory: process.env.DIRECTORY ?? '' })
const count_rows = job({
  run: async (ctx) => {
    process.stdout.write('counting\n')
    await once(process, 'SIGINT')
    ctx.progress(99, 'nearly')
    return { rows: 3 }
  },
})
const app = { database: postgres.url, engine: bullmq(), jobs: { count_rows } }
const gateway = await createGateway(app)
const worker = await createWorker(app)
const { STOPS: stops } = process.env
const database = stops === 'with the database' ? { database: postgres } : {}
if (stops !== 'never') stopOnSignals({ gateway, worker, drainMs: 100, ...database })
const { url } = await gateway.listen(0)
process.stdout.write(`postgres ${postgres.pid}, gateway ${url}\n`)
