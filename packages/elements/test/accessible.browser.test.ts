import { createStore, type Store } from '@headway/core'
import type { AnyRunView } from '@headway/core/adapter'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { add, fake, main, part, shows, textOf } from './support/page.ts'
import { ended, job, stale, step, workflow } from './support/views.ts'

const modes: Record<string, Record<string, string>> = {
  light: { 'prefers-color-scheme': 'light' },
  dark: { 'prefers-color-scheme': 'dark' },
  'forced colours': { 'prefers-color-scheme': 'dark', 'forced-colors': 'active' },
}

/** Shows the page as to a person with these preferences. */
async function prefer(preferences: Record<string, string>): Promise<void> {
  const features = Object.entries(preferences).map(([name, value]) => ({ name, value }))
  await cdp().send('Emulation.setEmulatedMedia', { features })
}
afterEach(() => prefer({}))

/** What axe finds in the page, in each mode. */
async function violations(): Promise<string[]> {
  document.body.style.background = 'Canvas'
  const found: string[] = []
  for (const [mode, preferences] of Object.entries(modes)) {
    await prefer(preferences)
    for (const { id, nodes } of (await axe.run(main)).violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${mode}, ${id}: ${target}: ${failureSummary}`)
      }
    }
  }
  return found
}

const steps = [step('a', 'completed'), step('b', 'running'), step('c', 'pending')]
const states: Record<string, AnyRunView> = {
  idle: job({ phase: 'idle', isActive: false }),
  loading: job({ loading: true, phase: 'queued' }),
  starting: job({ loading: true, phase: 'starting' }),
  queued: job({ phase: 'queued', position: 3 }),
  running: job({ progress: 40, done: 4, total: 10, unit: 'rows', message: 'reading' }),
  'of unknown progress': job({ progress: null }),
  retrying: job({ phase: 'retrying', attempt: 2, error: 'no disk' }),
  cancelling: job({ phase: 'cancelling' }),
  'out of date': job({ progress: 40, ...stale() }),
  succeeded: job(ended('succeeded')),
  failed: job({ ...ended('failed'), error: 'no disk' }),
  cancelled: job({ ...ended('cancelled'), error: 'cancelled' }),
  missing: job(ended('missing')),
  'a workflow that waits': workflow({ steps, step: 'b', phase: 'waiting' }),
  'a workflow that is undone': workflow({
    steps: [step('a', 'compensated')],
    phase: 'compensating',
  }),
  'a workflow that failed': workflow({ steps: [step('a', 'failed')], ...ended('failed') }),
}

describe('axe finds nothing, in light, dark and forced colours', () => {
  it.each(['headway-progress', 'headway-steps'] as const)('%s in every state', async (name) => {
    for (const view of Object.values(states)) {
      add(name, { label: 'Export' }, { run: createStore(view) })
      add(name, {}, { run: createStore(view) })
    }
    expect(await violations()).toEqual([])
  })

  it('headway-connection, open and lost', async () => {
    fake.gateway.createJob({ job_id: 'a', status: 'running' })
    add('headway-progress', { 'job-id': 'a' })
    const connection = add('headway-connection')
    await shows(connection, 'text', 'Connected')
    expect(await violations()).toEqual([])
    fake.gateway.goOffline()
    await shows(connection, 'text', 'Connection lost, trying again')
    expect(await violations()).toEqual([])
  })

  it('headway-tray, empty, full, minimised and out of date', async () => {
    const tray = add('headway-tray', { open: '', notify: '' }, { download: () => '/a.csv' })
    await shows(tray, 'empty', 'Nothing here yet')
    expect(await violations()).toEqual([])
    for (const status of ['running', 'failed', 'completed'] as const) {
      fake.gateway.createJob({ status, progress: 40 }, { title: status })
    }
    fake.gateway.changed('headway.runs')
    await shows(tray, 'title', 'running')
    expect(await violations()).toEqual([])
    tray.open = false
    expect(await violations()).toEqual([])
    tray.open = true
    fake.gateway.goOffline()
    await shows(tray, 'notice', 'May be out of date')
    expect(await violations()).toEqual([])
  })
})

describe('announcements', () => {
  /** The announcements while `change` is done. */
  async function hear(announcer: HTMLElement, change: () => Promise<void>): Promise<string[]> {
    const heard: string[] = []
    const observer = new MutationObserver(() => heard.push(announcer.textContent))
    observer.observe(announcer, { childList: true, characterData: true, subtree: true })
    await change()
    await Promise.resolve()
    observer.disconnect()
    return heard
  }

  it('are 6 of 1,000 changes', async () => {
    const run: Store<AnyRunView> & { set(view: AnyRunView): void } = createStore<AnyRunView>(
      job({ phase: 'starting', loading: true }),
    )
    const progress = add('headway-progress', { label: 'Export' })
    const heard = await hear(part(progress, 'announcer'), async () => {
      progress.run = run
      await Promise.resolve()
      for (let tick = 1; tick < 999; tick += 1) {
        run.set(job({ progress: tick / 10, ...(tick % 50 > 45 && stale('wake')) }))
        await Promise.resolve()
      }
      run.set(job(ended('succeeded')))
    })
    expect(heard).toEqual([
      'Export, Starting',
      'Export, May be out of date',
      'Export, Running, 25%',
      'Export, Running, 50%',
      'Export, Running, 75%',
      'Export, Done',
    ])
    expect(part(progress, 'announcer').role).toBe('status')
  })

  it('are none of a quiet element', () => {
    const run = createStore(job())
    const progress = add('headway-progress', { quiet: '' }, { run })
    run.set(job(ended('succeeded')))
    expect(textOf(progress, 'announcer')).toBe('')
  })

  it('say nothing of what was there when the page came', async () => {
    fake.gateway.createJob({ job_id: 'a', status: 'failed' })
    const progress = add('headway-progress', { 'job-id': 'a' })
    await shows(progress, 'status', 'Failed')
    expect(textOf(progress, 'announcer')).toBe('')
  })
})

describe('preferences', () => {
  const runs = () => add('headway-progress', {}, { run: createStore(job({ progress: null })) })

  it('less motion: the bar stands still', async () => {
    const fill = part(runs(), 'fill')
    await prefer({ 'prefers-reduced-motion': 'no-preference' })
    expect(getComputedStyle(fill).animationName).toBe('slide')
    await prefer({ 'prefers-reduced-motion': 'reduce' })
    expect(getComputedStyle(fill).animationName).toBe('none')
  })

  it('forced colours: progress and track differ', async () => {
    const progress = add('headway-progress', {}, { run: createStore(job({ progress: 40 })) })
    await prefer({ 'forced-colors': 'active' })
    const colourOf = (name: string) => getComputedStyle(part(progress, name)).backgroundColor
    expect(colourOf('fill')).not.toBe(colourOf('bar'))
    expect(getComputedStyle(part(progress, 'bar')).outlineStyle).toBe('solid')
  })

  it('from right to left: the bar begins at the right', () => {
    main.dir = 'rtl'
    const progress = add('headway-progress', {}, { run: createStore(job({ progress: 40 })) })
    const [fill, bar] = ['fill', 'bar'].map((name) => part(progress, name).getBoundingClientRect())
    expect(fill?.right).toBe(bar?.right)
    expect(fill?.left).toBeGreaterThan(bar?.left ?? 0)
  })

  it('colours and parts of the page', () => {
    const progress = add('headway-progress', {}, { run: createStore(job({ progress: 40 })) })
    progress.style.setProperty('--headway-accent', 'rgb(1, 2, 3)')
    expect(getComputedStyle(part(progress, 'fill')).backgroundColor).toBe('rgb(1, 2, 3)')
    const style = document.head.appendChild(document.createElement('style'))
    style.textContent = 'headway-progress::part(bar) { block-size: 20px }'
    expect(getComputedStyle(part(progress, 'bar')).blockSize).toBe('20px')
    style.remove()
  })
})
