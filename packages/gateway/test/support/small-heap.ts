import { createGateway } from '../../src/index.ts'
import { quiet } from './quiet.ts'

/**
 * A gateway in a process of its own, with little memory: it says where, and ends with its parent.
 */
const database = process.env.DATABASE ?? ''
const gateway = await createGateway({ database, maxOutputBytes: 8 * 1_048_576, logger: quiet })
process.on('disconnect', () => process.exit())
process.send?.((await gateway.listen(0)).url)
