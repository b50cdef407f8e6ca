import { type Client, createClient, defineJob } from '@headway/core'
import { createFakeGateway, type FakeGateway, failure } from '@headway/core/testing'
import { type Component, flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createJobStore, setClient } from '../src/index.ts'
import Current from './current.svelte'
import HandleAllStates from './seed/handle-all-states.svelte'
import ProgressBar from './seed/progress-bar.svelte'
import TheCode from './seed/the-code.svelte'

let gateway: FakeGateway
let client: Client
let unmountAll: (() => void)[] = []

beforeEach(() => {
  gateway = createFakeGateway()
  client = createClient({ url: 'http://gateway', fetch: gateway.fetch, random: () => 0 })
  setClient(client)
})
afterEach(() => {
  for (const stop of unmountAll) stop()
  unmountAll = []
  client.close()
  vi.unstubAllGlobals()
})

function show<TProps extends Record<string, unknown>>(
  component: Component<TProps>,
  props: TProps,
): HTMLElement {
  const target = document.createElement('main')
  const mounted = mount(component, { target, props })
  unmountAll.push(() => void unmount(mounted))
  return target
}
const isLive = (): Promise<void> =>
  vi.waitFor(() => expect(gateway.registrations()).toEqual(['job:job-1']))
const text = (element: HTMLElement): string => {
  flushSync()
  return element.textContent?.trim() ?? ''
}

describe('the templates of the page the product was asked for, as written', () => {
  it('The Code: hands over the output when the job is completed', async () => {
    const downloadFile = vi.fn()
    vi.stubGlobal('downloadFile', downloadFile)
    show(TheCode, {})
    await isLive()
    gateway.update('job-1', { status: 'completed', output: { downloadUrl: '/1.csv' } })
    await vi.waitFor(() => expect(downloadFile).toHaveBeenCalledWith({ downloadUrl: '/1.csv' }))
    expect(gateway.requests[0]?.body).toEqual({ args: { userId: 'abc-123' } })
  })

  it('Progress Bar: shows the percentage, then the link', async () => {
    const target = show(ProgressBar, {})
    await isLive()
    gateway.update('job-1', { status: 'running', progress: 40, message: 'row 4,000' })
    await vi.waitFor(() => expect(text(target)).toBe('row 4,000'))
    expect(target.querySelector<HTMLElement>('.fill')?.style.width).toBe('40%')
    gateway.update('job-1', { status: 'completed', output: { downloadUrl: '/1.csv' } })
    await vi.waitFor(() => expect(text(target)).toBe('Download'))
    expect(target.querySelector('a')?.getAttribute('href')).toBe('/1.csv')
  })

  it('Progress Bar: shows a start that failed as failed', async () => {
    gateway.intercept(() => failure(403, 'FORBIDDEN', 'not yours'))
    const target = show(ProgressBar, {})
    await vi.waitFor(() => expect(text(target)).toBe('not yours'))
  })

  it('Handle All States: from a click to each of the statuses', async () => {
    const target = show(HandleAllStates, {})
    target.querySelector('button')?.click()
    expect(text(target)).toContain('Waiting to start...')
    await isLive()
    for (const [fields, expected] of [
      [{ status: 'claimed' }, 'Waiting to start...'],
      [{ status: 'running', progress: 40 }, 'Processing: 40%'],
      [{ status: 'retry' }, 'Retrying after temporary failure...'],
      [{ status: 'cancel_requested' }, 'Cancellation requested...'],
      [{ status: 'cancelled' }, 'Job cancelled'],
    ] as const) {
      gateway.update('job-1', fields)
      await vi.waitFor(() => expect(text(target)).toContain(expected))
    }
  })
})

it('a job store gives its state at once, and stops when it is told to', async () => {
  const job = createJobStore<{ format: string }, string>('export_users', { format: 'csv' })
  const seen: [string, boolean][] = []
  job.subscribe(({ status, loading }) => seen.push([status, loading]))
  expect(seen).toEqual([['pending', true]])
  await isLive()
  gateway.update('job-1', { status: 'running' })
  await vi.waitFor(() => expect(seen.at(-1)).toEqual(['running', false]))
  job.unsubscribe()
  gateway.update('job-1', { status: 'completed', output: 'late' })
  await vi.waitFor(() => expect(gateway.registrations()).toEqual([]), { timeout: 3_000 })
  expect(seen.at(-1)).toEqual(['running', false])
})

it('unmounted, a component lets go of the job; the job goes on', async () => {
  show(ProgressBar, {})
  await isLive()
  for (const stop of unmountAll.splice(0)) stop()
  await vi.waitFor(() => expect(gateway.registrations()).toEqual([]), { timeout: 3_000 })
  expect(gateway.run('job-1').status).toBe('pending')
})

it('a job store that nobody watches any more follows its job again for the next one', async () => {
  const job = createJobStore<{ format: string }, string>('export_users', { format: 'csv' })
  await isLive()
  job.subscribe(() => undefined)()
  gateway.update('job-1', { status: 'running', progress: 40 })
  const seen: (number | null)[] = []
  unmountAll.push(job.subscribe(({ progress }) => seen.push(progress)))
  await vi.waitFor(() => expect(seen.at(-1)).toBe(40))
})

it('`.current` is followed by templates in runes mode', async () => {
  const { job_id } = gateway.createJob({ progress: 10 })
  const handle = client.attach(defineJob<null, unknown>('export_users'), job_id)
  const target = show(Current, { handle })
  await vi.waitFor(() => expect(text(target)).toBe('10'))
  gateway.update(job_id, { progress: 20 })
  await vi.waitFor(() => expect(text(target)).toBe('20'))
})

it('on a server it starts nothing, and refuses a client for everybody', () => {
  vi.stubGlobal('window', undefined)
  const seen: unknown[] = []
  createJobStore('export_users', {}).subscribe((state) => seen.push(state))
  expect(seen).toEqual([expect.objectContaining({ loading: true, jobId: '' })])
  expect(gateway.requests).toEqual([])
  expect(() => setClient(client)).toThrow('mix users')
})
