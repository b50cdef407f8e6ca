import { HeadwayError, idleJob, idleWorkflow, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { createPageState } from './page-state.ts'

const view = (fields: Partial<JobView<unknown>>): JobView<unknown> => ({ ...idleJob, ...fields })

describe('the shared state', () => {
  let address = ''
  const location = { hash: '' }
  const history = {
    replaceState(_: unknown, __: string, url: string) {
      address = url
      location.hash = url
    },
  }
  let tellAddress = (): void => undefined
  const addEventListener = (_: string, listener: () => void): void => {
    tellAddress = listener
  }
  const createState = () => {
    location.hash = '#job=7'
    return createPageState({ location, history, addEventListener, setInterval: () => 0 } as never)
  }

  it('keeps the job in the address', () => {
    const state = createState()
    expect(state.jobId.getSnapshot()).toBe('7')
    state.report(view({ jobId: '8', phase: 'queued', isActive: true }))
    expect(address).toBe('#job=8')
  })

  it('keeps the scenario in the address, unless it is the first', () => {
    const state = createState()
    expect(state.scenario.getSnapshot()).toBe('job')
    state.scenario.set('list')
    expect(address).toBe('#show=list&job=7')
    location.hash = '#show=upload&job=8&workflow=2'
    tellAddress()
    expect(state.scenario.getSnapshot()).toBe('upload')
    expect(state.jobId.getSnapshot()).toBe('8')
    expect(state.workflowId.getSnapshot()).toBe('2')
    location.hash = '#show=nothing'
    tellAddress()
    expect(state.scenario.getSnapshot()).toBe('job')
  })

  it('keeps the workflow beside the job', () => {
    const state = createState()
    state.reportWorkflow({ ...idleWorkflow, workflowId: '3', phase: 'queued', isActive: true })
    expect(address).toBe('#job=7&workflow=3')
    location.hash = '#workflow=4'
    tellAddress()
    expect(state.workflowId.getSnapshot()).toBe('4')
    expect(state.jobId.getSnapshot()).toBeUndefined()
  })

  it('keeps the batch beside the job', () => {
    const state = createState()
    state.reportBatch(view({ jobId: '6', phase: 'queued', isActive: true }))
    expect(address).toBe('#job=7&batch=6')
    const startError = new HeadwayError('no answer')
    state.reportBatch(view({ phase: 'failed', isDone: true, startError }))
    expect(state.trouble.getSnapshot()).toBe('The batch did not start: no answer')
  })

  it('follows the import of an upload, and keeps it when the next upload fails', async () => {
    const state = createState()
    const sent = Promise.resolve({ job: '5' })
    state.followImport(sent)
    await sent
    expect(state.importId.getSnapshot()).toBe('5')
    expect(address).toBe('#job=7&import=5')
    const error = new Error('too large')
    state.followImport(Promise.reject(error))
    await expect.poll(() => state.refusal.getSnapshot()).toBe(error)
    expect(state.importId.getSnapshot()).toBe('5')
    expect(state.trouble.getSnapshot()).toBe('')
    state.followImport(Promise.resolve({ job: '6' }))
    await expect.poll(() => state.importId.getSnapshot()).toBe('6')
    expect(state.refusal.getSnapshot()).toBeNull()
  })

  it('follows a job that is written into the address', () => {
    const state = createState()
    location.hash = '#job=9'
    tellAddress()
    expect(state.jobId.getSnapshot()).toBe('9')
  })

  it('shows a failed start until the next start', () => {
    const state = createState()
    const startError = new HeadwayError('no answer')
    state.report(view({ phase: 'failed', isDone: true, startError }))
    expect(state.trouble.getSnapshot()).toBe('The export did not start: no answer')
    expect(state.jobId.getSnapshot()).toBe('7')
    state.report(view({ phase: 'starting', isActive: true }))
    expect(state.trouble.getSnapshot()).toBe('')
  })

  it('shows a failed action until the next action', async () => {
    const state = createState()
    const refused = Promise.reject(new Error('no answer'))
    state.attempt('Not cancelled', refused)
    await expect(refused).rejects.toThrow()
    expect(state.trouble.getSnapshot()).toBe('Not cancelled: no answer')
    state.attempt('Not cancelled', Promise.resolve())
    expect(state.trouble.getSnapshot()).toBe('')
  })
})
