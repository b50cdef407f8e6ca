import { bullmq } from '../../src/bullmq.ts'
import { createGateway, createWorker, stopOnSignals } from '../../src/index.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'

/** A gateway and a worker as a process of their own, which ends in order when it is asked to. */
const app = { database: process.env.DATABASE ?? '', engine: bullmq(), jobs, logger: quiet }
const gateway = await createGateway(app)
const worker = await createWorker(app)
stopOnSignals({ gateway, worker, drainMs: 100 })
process.on('disconnect', () => process.exit(1))
process.send?.((await gateway.listen(0)).url)
