import type { ChildProcess } from 'node:child_process'
import { createClient, defineWorkflow, type WorkflowHandle } from '@headway/core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { dbos } from '../../src/dbos.ts'
import { createGateway, type Gateway } from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { kill, startProcess } from './process.ts'
import { quiet } from './quiet.ts'
import { createEffects, createWorkflows } from './workflows.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
let gateway: Gateway
export let client: ReturnType<typeof createClient>
let children: ChildProcess[] = []

export const work = async (env: Record<string, string> = {}): Promise<ChildProcess> => {
  // DBOS uses what the driver will not support for ever, and each process would say so.
  const NODE_OPTIONS = '--disable-warning=DeprecationWarning'
  const own = { DATABASE: database, NODE_OPTIONS, ...env }
  const started = await startProcess('./workflow-worker.ts', own)
  children.push(started.child)
  return started.child
}
export const start = (name: string, args: unknown = {}): WorkflowHandle<unknown> =>
  client.start(defineWorkflow<unknown, unknown>(name), args)
export const idOf = (handle: WorkflowHandle<unknown>): string => handle.getSnapshot().workflowId
/** What a handle shows comes to be as described. */
export const shows = (handle: WorkflowHandle<unknown>, view: object): Promise<void> =>
  expect.poll(() => handle.getSnapshot()).toMatchObject(view)

beforeAll(async () => {
  database = await createDatabase()
  await createEffects(database)
  const workflows = createWorkflows(database)
  const [deadly, computing] = [workflows.greet, workflows.greet]
  gateway = await createGateway({
    database,
    workflows: { ...workflows, deadly, computing },
    workflowEngine: dbos(),
    logger: quiet,
  })
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterEach(async () => {
  await Promise.all(children.map(kill))
  children = []
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
})
