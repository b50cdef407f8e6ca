import { afterAll } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { engineContract } from '../src/engines/engine-contract.ts'
import { workflowEngineContract } from '../src/engines/workflow-engine-contract.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

let redis: TestRedis | undefined
afterAll(() => redis?.stop())

engineContract('BullMQ on PostgreSQL', async () => [bullmq(), await createDatabase()])
if (process.env.HAS_REDIS === 'true') {
  engineContract('BullMQ on Redis', async () => {
    redis = await startRedis()
    return [bullmq({ connection: { port: redis.port } }), '']
  })
}
engineContract('in memory', async () => [memoryEngine(), ''])

workflowEngineContract('DBOS', async () => [dbos(), await createDatabase()])
workflowEngineContract('in memory', async () => [memoryWorkflowEngine(), ''])
