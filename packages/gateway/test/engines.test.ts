import { bullmq } from '../src/bullmq.ts'
import { engineContract } from '../src/engines/engine-contract.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'

engineContract('BullMQ', async () => [bullmq(), await createDatabase()])
engineContract('in memory', async () => [memoryEngine(), ''])
