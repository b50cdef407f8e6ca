import { bullmq } from '../../src/bullmq.ts'
import { createGateway, createWorker } from '../../src/index.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'

/** A gateway and a worker as a process of their own: it says where, and closes when it is told to. */
const app = {
  database: process.env.DATABASE ?? '',
  engine: bullmq(),
  jobs,
  logger: quiet,
  maskErrors: false,
}
const gateway = await createGateway(app)
const worker = await createWorker(app)
process.send?.((await gateway.listen(0)).url)
// Nobody is left to close it when its parent is gone, however that ended.
const abandon = (): never => process.exit()
process.on('disconnect', abandon)
process.once('message', async () => {
  await worker.close()
  await gateway.close()
  process.off('disconnect', abandon)
  process.disconnect()
})
