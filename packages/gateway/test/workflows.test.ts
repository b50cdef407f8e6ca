import type { WorkflowView } from '@headway/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import {
  begin,
  client,
  database,
  end,
  isDone,
  names,
  stepsOf,
  until,
} from './support/workflow-app.ts'
import { effectsOf, openGate } from './support/workflows.ts'

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
      const [reserve, charge, ship, thank] = last.steps
      expect(reserve).toMatchObject({ name: 'reserve', status: 'compensated', error: null })
      expect(charge).toMatchObject({ name: 'charge', status: 'compensated', error: null })
      expect(ship).toMatchObject({ name: 'ship', status: 'failed', error: 'ship failed' })
      expect(thank).toEqual({
        name: 'thank',
        status: 'skipped',
        error: null,
        startedAt: null,
        finishedAt: null,
      })
      const times = [
        last.createdAt,
        last.startedAt,
        reserve?.startedAt,
        charge?.startedAt,
        ship?.startedAt,
        ship?.finishedAt,
        charge?.finishedAt,
        reserve?.finishedAt,
        last.finishedAt,
      ]
      expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)))
      expect(times.every(Number.isInteger)).toBe(true)
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
      expect(handle.getSnapshot().steps).toMatchObject([
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
      expect(handle.getSnapshot()).toMatchObject({
        ...{ progress: 90, done: 9, total: 10, unit: 'parts', message: 'nearly' },
      })
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
})
