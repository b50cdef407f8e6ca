import { createGateway } from '../../src/index.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'
import { testEngine } from './test-engine.ts'

/** A gateway as a process of its own: it says where, and ends with its parent. */
const database = process.env.DATABASE ?? ''
const gateway = await createGateway({ database, engine: testEngine(database), jobs, logger: quiet })
process.on('disconnect', () => process.exit())
process.send?.((await gateway.listen(Number(process.env.PORT))).url)
