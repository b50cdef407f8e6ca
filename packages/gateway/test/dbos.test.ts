import { randomUUID } from 'node:crypto'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { dbRetryConfig } from '@dbos-inc/dbos-sdk/internal/utils'
import { beforeAll, expect, it, vi } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { type App, ConfigurationError, createGateway, createWorker } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { createEffects, createWorkflows } from './support/workflows.ts'

let app: App

beforeAll(async () => {
  const database = await createDatabase()
  await createEffects(database)
  const workflows = createWorkflows(database)
  app = { database, workflows, workflowEngine: dbos(), logger: quiet }
})

it('two gateways in one process are no trouble; two workers with workflows are refused, one after the other not', async () => {
  const gateways = await Promise.all([createGateway(app), createGateway(app)])
  const worker = await createWorker(app)
  await expect(createWorker(app)).rejects.toThrow(ConfigurationError)
  await expect(createWorker(app)).rejects.toThrow('start this worker in a process of its own')
  await worker.close()
  await (await createWorker(app)).close()
  for (const gateway of gateways) await gateway.close()
})

it('a DBOS that an application has launched is left alone', async () => {
  DBOS.setConfig({ name: 'foreign', systemDatabaseUrl: app.database })
  await DBOS.launch()
  await expect(createWorker(app)).rejects.toThrow('This process has already launched DBOS')
  expect(DBOS.isInitialized()).toBe(true)
  await DBOS.shutdown()
})

it('DBOS itself says that nothing can be registered once a worker runs', async () => {
  const worker = await createWorker(app)
  const register = () => DBOS.registerWorkflow(async () => null, { name: 'late' })
  expect(register).toThrow(/launch/i)
  await worker.close()
})

it('a worker that is closed leaves nothing of itself', async () => {
  await (await createWorker(app)).close()
  expect(await query(app.database, 'select from headway.executor')).toEqual([])
})

it('DBOS asks a database that was away again within seconds, not after a minute', async () => {
  await (await createWorker(app)).close()
  expect(dbRetryConfig.maxBackoffSec).toBeLessThan(5)
})

it.each([
  Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' }),
  // As `pg` throws it of a connection that goes in the wrong moment.
  new TypeError("Cannot read properties of null (reading 'name')"),
])('what was done is written in the end, although it was not at first: %s', async (error) => {
  const runtime = await dbos().start(app.database, randomUUID(), quiet)
  const refusing = vi.spyOn(DBOS, 'runStep').mockImplementationOnce(async (work) => {
    await work()
    throw error
  })
  let times = 0
  const id = randomUUID()
  await runtime.run(id, async (log) => {
    expect(await log.record('a', async () => ++times)).toBe(1)
  })
  expect([...(await runtime.read(id))]).toEqual([['a', 1]])
  refusing.mockRestore()
  await runtime.close()
})
