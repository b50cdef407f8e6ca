import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { query } from './support/database.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import {
  begin,
  client,
  database,
  end,
  engineName,
  isDone,
  names,
  stepsOf,
  until,
} from './support/workflow-app.ts'

describe.each([
  ['DBOS', dbos],
  ['an engine in memory', memoryWorkflowEngine],
])('with %s', (_, createEngine) => {
  beforeAll(() => begin(createEngine()))
  afterAll(end)

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
        'charge cancelled',
        'ship skipped',
        'thank skipped',
      ])
      const charge = handle.getSnapshot().steps.find(({ name }) => name === 'charge')
      expect(charge?.error).toBe('changed my mind')
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
      expect(stepsOf(handle.getSnapshot())).toEqual([
        'mail completed',
        'clicked cancelled',
        'activate skipped',
      ])
    })

    it('cancels children', async () => {
      const handle = client.start(names.workflows.endless, null)
      await until(handle, ({ step }) => step === 'child')
      await handle.cancel('enough')
      await until(handle, isDone)
      expect(handle.getSnapshot()).toMatchObject({ phase: 'cancelled', error: 'enough' })
      expect(stepsOf(handle.getSnapshot())).toEqual(['child cancelled'])
    })
  })
})
