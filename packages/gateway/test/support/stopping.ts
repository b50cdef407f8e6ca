import { bullmq } from '../../src/bullmq.ts'
import { createGateway, createWorker, stopOnSignals } from '../../src/index.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'

/** A gateway and a worker as a process of their own, which ends in order when it is asked to. */
const app = { database: process.env.DATABASE ?? '', engine: bullmq(), jobs, logger: quiet }
const gateway = await createGateway(app)
const worker = await createWorker(app)
const stopped: string[] = []
const noted = { ...worker, close: () => worker.close().finally(() => stopped.push('worker')) }
// What the database of a demo is: there until the last has closed.
const stop = async (): Promise<void> => void process.send?.(`database, after ${stopped}`)
stopOnSignals({ gateway, worker: noted, database: { stop }, drainMs: 100 })
process.on('disconnect', () => process.exit(1))
process.send?.((await gateway.listen(0)).url)
