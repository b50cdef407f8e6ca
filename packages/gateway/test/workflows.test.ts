import { randomUUID } from 'node:crypto'
import {
  type Client,
  createClient,
  type WorkflowHandle,
  type WorkflowView,
  workflowsOf,
} from '@headway/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  type Worker,
  type WorkflowEngine,
} from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import { quiet } from './support/quiet.ts'
import { createEffects, createWorkflows, effectsOf, openGate } from './support/workflows.ts'

type Api = Gateway<Record<never, never>, ReturnType<typeof createWorkflows>>['api']
const names = { workflows: workflowsOf<Api>() }

let database: string
let engineName: string
let gateway: Gateway
let worker: Worker
let client: Client

const begin = async (workflowEngine: WorkflowEngine): Promise<void> => {
  database = await createDatabase()
  await createEffects(database)
  const workflows = createWorkflows(database)
  const app = { database, workflows, workflowEngine, logger: quiet, maskErrors: false }
  engineName = workflowEngine.name
  gateway = await createGateway(app)
  worker = await createWorker(app)
  client = createClient({ url: (await gateway.listen(0)).url })
}
const end = async (): Promise<void> => {
  client?.close()
  await worker?.close()
  await gateway?.close()
}

/** What a workflow shows until it is as wanted, each state once. */
async function until<T>(
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
const isDone = ({ isDone }: { isDone: boolean }): boolean => isDone
const stepsOf = ({ steps }: WorkflowView<unknown>): string[] =>
  steps.map(({ name, status }) => `${name} ${status}`)

describe.each([
  ['DBOS', dbos],
  ['an engine in memory', memoryWorkflowEngine],
])('with %s', (_, createEngine) => {
  beforeAll(() => begin(createEngine()))
  afterAll(end)

  describe('a workflow', () => {
    it('shows all its steps from the start, then each as it goes, and gives its output', async () => {
      const handle = client.start(names.workflows.order, { gateAt: 'charge' })
      const seen = await until(handle, ({ step }) => step === 'charge')
      expect(
        stepsOf(seen.find(({ steps }) => steps.length > 0) as WorkflowView<unknown>),
      ).toHaveLength(4)
      expect(seen.at(-1)).toMatchObject({ status: 'running', phase: 'running', attempt: 1 })
      expect(stepsOf(seen.at(-1) as WorkflowView<unknown>)).toEqual([
        'reserve completed',
        'charge running',
        'ship pending',
        'thank pending',
      ])
      const id = handle.getSnapshot().workflowId
      await openGate(database, `${id}/charge`)
      expect(await handle.result).toEqual({ done: ['reserve', 'charge', 'ship'] })
      expect(handle.getSnapshot()).toMatchObject({ status: 'completed', step: null, error: null })
      expect(stepsOf(handle.getSnapshot()).every((text) => text.endsWith('completed'))).toBe(true)
      expect(await effectsOf(database, id)).toEqual(['reserve', 'charge', 'ship', 'thank'])
    })

    it('that fails is undone, last step first; what it did not reach is skipped', async () => {
      const handle = client.start(names.workflows.order, { fail: 'ship' })
      const seen = await until(handle, isDone)
      const last = handle.getSnapshot()
      expect(last).toMatchObject({ status: 'compensated', phase: 'failed', error: 'ship failed' })
      expect(last.steps).toEqual([
        { name: 'reserve', status: 'compensated', error: null },
        { name: 'charge', status: 'compensated', error: null },
        { name: 'ship', status: 'failed', error: 'ship failed' },
        { name: 'thank', status: 'skipped', error: null },
      ])
      expect(await effectsOf(database, last.workflowId)).toEqual([
        'reserve',
        'charge',
        'undo charge',
        'undo reserve',
      ])
      expect(seen.map(({ revision }) => revision ?? 0)).toEqual(
        seen.map(({ revision }) => revision ?? 0).sort((a, b) => a - b),
      )
      await expect(handle.result).rejects.toMatchObject({ name: 'JobFailed' })
    })

    it('that fails where nothing can be undone has failed', async () => {
      const handle = client.start(names.workflows.plain, {})
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({ status: 'failed', error: 'disk full' })
      expect(stepsOf(handle.getSnapshot())).toEqual([
        'one completed',
        'two failed',
        'three skipped',
      ])
    })

    it('goes on from the step that failed, under the same id, when it is asked for again', async () => {
      const handle = client.start(names.workflows.plain, {})
      await until(handle, isDone)
      await handle.retry()
      expect(await handle.result).toBe(2)
      const { workflowId, attempt } = handle.getSnapshot()
      expect(attempt).toBe(2)
      expect(await effectsOf(database, workflowId)).toEqual(['one', 'two', 'three'])
    })

    it('that was undone does again what was undone', async () => {
      const handle = client.start(names.workflows.order, { fail: 'charge' })
      await until(handle, isDone)
      await handle.retry()
      await until(handle, ({ status }) => status === 'completed')
      expect(await effectsOf(database, handle.getSnapshot().workflowId)).toEqual([
        'reserve',
        'undo reserve',
        'reserve',
        'charge',
        'ship',
        'thank',
      ])
    })

    it('tries as often as it is to, times out, and goes on without what it does not need', async () => {
      const handle = client.start(names.workflows.tries, null)
      expect(await handle.result).toEqual({ tries: 3, late: undefined, needless: undefined })
      expect(handle.getSnapshot().steps).toEqual([
        { name: 'flaky', status: 'completed', error: null },
        { name: 'late', status: 'failed', error: 'The step took longer than 20 ms' },
        { name: 'needless', status: 'failed', error: 'nobody needs it' },
      ])
    })

    it('refuses to do a step twice', async () => {
      const handle = client.start(names.workflows.twice, null)
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({
        status: 'failed',
        error: 'The step same was called twice in one run: give each call a name of its own',
      })
    })

    it('does branches side by side, one of them a workflow of its own', async () => {
      const handle = client.start(names.workflows.sides, { name: 'Ann' })
      expect(await handle.result).toEqual({ left: 'left', right: 2, greeting: 'Hello Ann' })
      expect(handle.getSnapshot()).toMatchObject({ progress: 90, message: 'nearly' })
    })

    it('lets every branch end before one that failed counts, and undoes the others', async () => {
      const handle = client.start(names.workflows.sides, { name: 'Ann', fail: true })
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({ status: 'compensated', error: 'right failed' })
      expect(stepsOf(handle.getSnapshot())).toEqual([
        'left compensated',
        'right failed',
        'child compensated',
        'last skipped',
      ])
    })

    it('fails with its child', async () => {
      const handle = client.start(names.workflows.sides, { name: '' })
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({
        status: 'compensated',
        error: 'nobody to greet',
      })
    })

    it('sleeps', async () => {
      const handle = client.start(names.workflows.sleeper, { ms: 300 })
      const seen = await until(handle, isDone)
      expect(
        seen.some(({ status, waitingFor }) => status === 'waiting' && waitingFor === null),
      ).toBe(true)
      expect(handle.getSnapshot().status).toBe('completed')
    })
  })

  describe('an event', () => {
    it('ends the wait for it, and carries what it carries', async () => {
      const handle = client.start(names.workflows.verify, {})
      await until(handle, ({ status }) => status === 'waiting')
      expect(handle.getSnapshot()).toMatchObject({ step: 'clicked', waitingFor: 'clicked' })
      await client.sendEvent(names.workflows.verify, handle.getSnapshot().workflowId, 'clicked', {
        by: 'Ann',
      })
      expect(await handle.result).toEqual({ by: 'Ann' })
      expect(handle.getSnapshot().waitingFor).toBeNull()
    })

    it('that comes early is kept; each ends one wait, in their order', async () => {
      const handle = client.start(names.workflows.waits, null)
      await until(handle, ({ workflowId }) => workflowId !== '')
      const id = handle.getSnapshot().workflowId
      await client.sendEvent(names.workflows.waits, id, 'word', 'first')
      await client.sendEvent(names.workflows.waits, id, 'word', 'second')
      expect(await handle.result).toEqual(['first', 'second'])
      await expect(client.sendEvent(names.workflows.waits, id, 'word')).rejects.toMatchObject({
        code: 'CONFLICT',
      })
    })

    it('that is being kept keeps nobody from taking its workflow', async () => {
      const other = new pg.Client({ connectionString: database })
      await other.connect()
      const id = randomUUID()
      await other.query(
        `insert into headway.run (id, kind, name, engine, status, args)
         values ($1, 'workflow', 'waits', $2, 'created', 'null')`,
        [id, engineName],
      )
      await other.query('begin')
      await other.query(`insert into headway.event (run_id, name) values ($1, 'word')`, [id])
      await query(database, `select pg_notify('headway_work', '')`)
      const read = async () => {
        const [row] = await query<{ status: string }>(
          database,
          'select status from headway.run where id = $1',
          [id],
        )
        return row?.status
      }
      await expect.poll(read).not.toBe('created')
      await other.query('commit')
      await other.end()
    })

    it('that does not come in time fails the wait, and the workflow unless that is caught', async () => {
      const handle = client.start(names.workflows.verify, { timeout: 50 })
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({
        status: 'failed',
        error: 'The event clicked did not come within 50 ms',
      })
      expect(stepsOf(handle.getSnapshot())).toEqual([
        'mail completed',
        'clicked failed',
        'activate skipped',
      ])
    })
  })

  describe('cancelling', () => {
    it('asks the step under way to stop, and undoes what was done', async () => {
      const handle = client.start(names.workflows.order, { gateAt: 'charge' })
      await until(handle, ({ step }) => step === 'charge')
      await handle.cancel('changed my mind')
      const seen = await until(handle, isDone)
      expect(seen.some(({ phase }) => phase === 'cancelling' || phase === 'compensating')).toBe(
        true,
      )
      expect(handle.getSnapshot()).toMatchObject({
        status: 'compensated',
        phase: 'cancelled',
        error: 'changed my mind',
      })
      expect(stepsOf(handle.getSnapshot())).toEqual([
        'reserve compensated',
        'charge failed',
        'ship skipped',
        'thank skipped',
      ])
      await expect(handle.result).rejects.toMatchObject({ name: 'JobCancelled' })
    })

    it('ends a wait', async () => {
      const handle = client.start(names.workflows.verify, {})
      await until(handle, ({ status }) => status === 'waiting')
      await handle.cancel()
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({
        status: 'compensated',
        phase: 'cancelled',
        error: 'cancelled',
      })
    })

    it('cancels children', async () => {
      const handle = client.start(names.workflows.endless, null)
      await until(handle, ({ step }) => step === 'child')
      await handle.cancel('enough')
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({ phase: 'cancelled', error: 'enough' })
    })
  })
})
