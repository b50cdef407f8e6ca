import {
  type Client,
  createClient,
  type WorkflowHandle,
  type WorkflowView,
  workflowsOf,
} from '@headway/core'
import {
  createGateway,
  createWorker,
  type Gateway,
  type Worker,
  type WorkflowEngine,
} from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'
import { createEffects, createWorkflows } from './workflows.ts'

type Api = Gateway<Record<never, never>, ReturnType<typeof createWorkflows>>['api']
export const names = { workflows: workflowsOf<Api>() }

export let database: string
export let engineName: string
let gateway: Gateway
let worker: Worker
export let client: Client

export const begin = async (workflowEngine: WorkflowEngine): Promise<void> => {
  database = await createDatabase()
  await createEffects(database)
  const workflows = createWorkflows(database)
  const app = { database, workflows, workflowEngine, logger: quiet, maskErrors: false }
  engineName = workflowEngine.name
  gateway = await createGateway(app)
  worker = await createWorker(app)
  client = createClient({ url: (await gateway.listen(0)).url })
}
export const end = async (): Promise<void> => {
  client?.close()
  await worker?.close()
  await gateway?.close()
}

/** What a workflow shows until it is as wanted, each state once. */
export async function until<T>(
  handle: WorkflowHandle<T>,
  isWanted: (view: WorkflowView<T>) => boolean,
): Promise<WorkflowView<T>[]> {
  const seen = [handle.getSnapshot()]
  const isThere = (): boolean => {
    const view = handle.getSnapshot()
    if (view !== seen.at(-1)) seen.push(view)
    return isWanted(view)
  }
  await new Promise<void>((resolve) => {
    const leave = handle.subscribe(() => {
      if (!isThere()) return
      queueMicrotask(() => leave())
      resolve()
    })
    if (isThere()) resolve()
  })
  return seen
}
export const isDone = ({ isDone }: { isDone: boolean }): boolean => isDone
export const stepsOf = ({ steps }: WorkflowView<unknown>): string[] =>
  steps.map(({ name, status }) => `${name} ${status}`)
