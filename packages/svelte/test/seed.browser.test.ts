import type { JobState, WorkflowState } from '@headway/core'
import { createFakeClient, failure } from '@headway/core/testing'
import { type Component, flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { setClient } from '../src/index.ts'
import { trackAccountVerification, trackExportUsers } from './generated-api.ts'
import HandleAllStates from './seed/handle-all-states.svelte'
import manualUnsubscribe from './seed/manual-unsubscribe.js?raw'
import ProgressBar from './seed/progress-bar.svelte'
import TheCode from './seed/the-code.svelte'
import WorkflowStepper from './seed/workflow-stepper.svelte'

let fake: ReturnType<typeof createFakeClient>
let unmountAll: (() => void)[] = []

beforeEach(() => {
  fake = createFakeClient({ workflows: ['account_verification'] })
  setClient(fake.client)
})
afterEach(() => {
  for (const stop of unmountAll) stop()
  unmountAll = []
  fake.client.close()
  vi.unstubAllGlobals()
})

/** Shows a template as it is written; what it shows when everything that needs no time has happened. */
function show(component: Component) {
  const target = document.body.appendChild(document.createElement('main'))
  const mounted = mount(component, { target })
  unmountAll.push(() => {
    void unmount(mounted)
    target.remove()
  })
  const text = (): string => {
    flushSync()
    return (target.textContent ?? '').trim().replace(/\s+/g, ' ')
  }
  return { target, shows: (expected: string) => expect.poll(text).toBe(expected) }
}

describe('the templates of the page the product was asked for, as written', () => {
  it('The Code, in legacy mode: hands over the output when the job is completed', async () => {
    const downloadFile = vi.fn()
    vi.stubGlobal('downloadFile', downloadFile)
    show(TheCode)
    await fake.settled()
    await fake.last('export_users').running().complete({ downloadUrl: '/1.csv' })
    await expect.poll(() => downloadFile).toHaveBeenCalledWith({ downloadUrl: '/1.csv' })
    expect(fake.gateway.requests[0]?.body).toEqual({ args: { userId: 'abc-123' } })
    expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  })

  it('Progress Bar: the percentage, then the link', async () => {
    const { target, shows } = show(ProgressBar)
    await fake.settled()
    await fake.last('export_users').running()
    await shows('Processing...')
    await fake.last('export_users').progress(40, 'row 4,000')
    await shows('row 4,000')
    expect(target.querySelector<HTMLElement>('.fill')?.style.width).toBe('40%')
    await fake.last('export_users').complete({ downloadUrl: '/1.csv' })
    await shows('Download')
    expect(target.querySelector('a')?.getAttribute('href')).toBe('/1.csv')
  })

  it('Progress Bar: a job that failed, and a start that failed, show as failed', async () => {
    const first = show(ProgressBar)
    await fake.settled()
    await fake.last('export_users').fail('disk full')
    await first.shows('disk full')
    fake.gateway.intercept(() => failure(403, 'FORBIDDEN', 'not yours'))
    await show(ProgressBar).shows('not yours')
  })

  it('Workflow Stepper: each step, which is the current one, and what went wrong', async () => {
    vi.stubGlobal('userId', 'u1')
    const { target, shows } = show(WorkflowStepper)
    await fake.settled()
    await fake.last('account_verification').step('send mail', 'completed').step('click', 'running')
    await shows('send mail click')
    expect(target.querySelector('.done')?.textContent).toContain('send mail')
    expect(target.querySelector('.current')?.textContent).toContain('click')
    await fake.last('account_verification').step('click', 'failed', 'too late')
    await shows('send mail click too late')
    expect(fake.gateway.requests[0]?.body).toEqual({ args: { userId: 'u1' } })
  })

  it('Handle All States: from a click to each of the statuses', async () => {
    const { target, shows } = show(HandleAllStates)
    const button = target.querySelector('button')
    const moments = [
      [{ status: 'claimed' }, 'Waiting to start...'],
      [{ status: 'running', progress: 40 }, 'Processing: 40%'],
      [{ status: 'retry' }, 'Retrying after temporary failure...'],
      [{ status: 'cancel_requested' }, 'Cancellation requested...'],
    ] as const
    const ends = [
      [{ status: 'cancelled' }, 'Job cancelled'],
      [{ status: 'failed', error: 'no' }, 'Failed: no'],
      [{ status: 'dead_letter' }, 'Permanently failed after max retries'],
      [{ status: 'completed', output: 'report' }, 'Done! Result: "report"'],
    ] as const
    for (const end of ends) {
      button?.click()
      await shows('Generate Report Waiting to start...')
      await fake.settled()
      for (const [fields, expected] of [...moments, end]) {
        await fake.last('send_report').update(fields)
        await shows(`Generate Report ${expected}`)
        expect(button?.disabled).toBe(fields.status === 'running')
      }
    }
    expect(fake.gateway.count('/rpc/send_report')).toBe(ends.length)
  })

  it('Manual Unsubscribe: the job goes on, and nobody follows it', async () => {
    new Function('trackExportUsers', 'userId', manualUnsubscribe)(trackExportUsers, 'u1')
    await fake.settled()
    expect(fake.gateway.run('job-1').status).toBe('pending')
    expect(fake.gateway.registrations()).toEqual([])
  })
})

it('the interfaces of the page, as written', () => {
  interface SeedStore<TState> {
    subscribe: (run: (value: TState & { loading: boolean }) => void) => () => void
    unsubscribe: () => void
  }
  const job = trackExportUsers({ format: 'csv' })
  const workflow = trackAccountVerification({ userId: 'u1' })
  expectTypeOf(job).toExtend<SeedStore<JobState<{ downloadUrl: string }>>>()
  expectTypeOf(workflow).toExtend<SeedStore<WorkflowState<void>>>()
})
