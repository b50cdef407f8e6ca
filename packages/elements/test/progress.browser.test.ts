import { createStore, defineJob } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { describe, expect, it, vi } from 'vitest'
import { HeadwayProgress, setClient, setMessages } from '../src/index.ts'
import { add, fake, main, part, shows, textOf } from './support/page.ts'
import { job, stale } from './support/views.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const start = () => fake.client.start(exportUsers, { format: 'csv' })

describe('the run of a handle', () => {
  it('is shown from its start to its end', async () => {
    const progress = add('headway-progress', { label: 'Export' }, { run: start() })
    await shows(progress, 'status', 'Starting')
    await fake.last('export_users').counts(4_000, 10_000, 'rows')
    const bar = part(progress, 'bar')
    expect(textOf(progress, 'number')).toBe('40%')
    expect(bar.ariaValueNow).toBe('40')
    expect(bar.ariaValueText).toBe('Running, 40%, 4,000 of 10,000 rows')
    expect(bar.ariaLabel).toBe('Export')
    await fake.last('export_users').complete('users.csv')
    expect(progress.dataset.phase).toBe('succeeded')
    expect(bar.ariaValueText).toBe('Done')
  })

  it('looks out of date, and never failed, while the connection is lost', async () => {
    const progress = add('headway-progress', {}, { run: start() })
    await fake.last('export_users').running().progress(40).dropConnection()
    expect(progress.dataset).toMatchObject({ phase: 'running', sync: 'stale' })
    expect(textOf(progress, 'notice')).toMatch(/^May be out of date since /)
    expect(part(progress, 'bar').ariaValueText).toMatch(/^Running, 40%, May be out of date/)
    await fake.last('export_users').reconnect()
    expect(progress.dataset.sync).toBe('live')
    expect(textOf(progress, 'notice')).toBe('')
  })

  it('says why a start failed', async () => {
    fake.gateway.intercept(() => new Response('{}', { status: 403 }))
    const progress = add('headway-progress', {}, { run: start() })
    await shows(progress, 'status', 'Failed')
    expect(textOf(progress, 'detail')).not.toBe('')
  })

  it('can be replaced, and is then followed no more', async () => {
    const [first, second] = [createStore(job({ progress: 10 })), createStore(job({ progress: 20 }))]
    const progress = add('headway-progress', {}, { run: first })
    progress.run = second
    first.set(job({ progress: 90 }))
    expect(textOf(progress, 'number')).toBe('20%')
    progress.run = null
    expect(textOf(progress, 'status')).toBe('Not started')
  })

  it('is shared by two elements: each has its own subscription', async () => {
    const run = start()
    const both = [add('headway-progress', {}, { run }), add('headway-progress', {}, { run })]
    await fake.last('export_users').running().progress(40)
    expect(both.map((each) => textOf(each, 'number'))).toEqual(['40%', '40%'])
    both[0]?.remove()
    await fake.last('export_users').progress(50)
    expect(both.map((each) => textOf(each, 'number'))).toEqual(['40%', '50%'])
    expect(fake.gateway.registrations()).toHaveLength(1)
  })
})

describe('the run of an id', () => {
  it('is that of a job or of a workflow, and changes with it', async () => {
    const first = fake.gateway.createJob({ status: 'running', progress: 40 }).job_id
    const second = fake.gateway.createWorkflow({ status: 'running' }).workflow_id
    const progress = add('headway-progress', { 'job-id': first })
    expect(textOf(progress, 'status')).toBe('Loading')
    await shows(progress, 'number', '40%')
    progress.removeAttribute('job-id')
    progress.setAttribute('workflow-id', second)
    await shows(progress, 'status', 'Running')
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([`wf:${second}`])
    progress.setAttribute('workflow-id', '')
    await shows(progress, 'status', 'Not started')
  })

  it('that nobody knows is missing', async () => {
    const progress = add('headway-progress', { 'job-id': 'nobody' })
    await shows(progress, 'status', 'Not found')
  })

  it('comes after the property', async () => {
    const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
    const run = createStore(job({ progress: 10 }))
    const progress = add('headway-progress', { 'job-id': job_id }, { run })
    expect(textOf(progress, 'number')).toBe('10%')
    progress.run = null
    await shows(progress, 'number', '40%')
  })

  it('is asked of a client that comes later, and of the next one', async () => {
    const other = createFakeClient()
    const { job_id } = other.gateway.createJob({ status: 'running', progress: 70 })
    const progress = add('headway-progress', { 'job-id': job_id })
    await shows(progress, 'status', 'Not found')
    setClient(other.client)
    await shows(progress, 'number', '70%')
    other.client.close()
  })

  it('is asked of the client of the element', async () => {
    const { client, gateway } = createFakeClient()
    const { job_id } = gateway.createJob({ status: 'running', progress: 70 })
    const progress = add('headway-progress', { 'job-id': job_id }, { client })
    await shows(progress, 'number', '70%')
    client.close()
  })
})

describe('the element', () => {
  it('follows nothing outside of a page, and again when it is back', async () => {
    const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
    const progress = add('headway-progress', { 'job-id': job_id })
    await shows(progress, 'number', '40%')
    progress.remove()
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([])
    progress.setAttribute('label', 'Export')
    setMessages({ running: 'Under way' })
    await fake.settled()
    expect(fake.gateway.registrations()).toEqual([])
    fake.gateway.update(job_id, { progress: 60 })
    main.append(progress)
    await shows(progress, 'number', '60%')
    expect(textOf(progress, 'status')).toBe('Under way')
  })

  it('leaves no subscription behind, wherever it was moved', () => {
    const store = createStore(job())
    const subscriptions = { now: 0 }
    const run = {
      ...store,
      subscribe(listener: () => void) {
        subscriptions.now += 1
        const stop = store.subscribe(listener)
        return () => {
          subscriptions.now -= 1
          stop()
        }
      },
    }
    const progress = add('headway-progress', {}, { run })
    main.prepend(progress)
    progress.run = run
    expect(subscriptions.now).toBe(1)
    progress.remove()
    expect(subscriptions.now).toBe(0)
    progress.run = createStore(job())
    progress.run = run
    expect(subscriptions.now).toBe(0)
  })

  it('takes properties that were set before it was defined', () => {
    const early = document.createElement('headway-late')
    const run = createStore(job({ progress: 40 }))
    Object.assign(early, { run, messages: { running: 'Under way' } })
    main.append(early)
    HeadwayProgress.define()
    customElements.define('headway-late', class extends HeadwayProgress {})
    expect(textOf(early, 'number')).toBe('40%')
    expect(textOf(early, 'status')).toBe('Under way')
    expect(Object.keys(early)).not.toContain('run')
  })

  it('shows its content until it is defined', () => {
    main.innerHTML = '<headway-progress>Please wait</headway-progress>'
    const progress = main.querySelector('headway-progress')
    expect(progress?.shadowRoot?.querySelector('slot')).toBeNull()
    expect(progress?.textContent).toBe('Please wait')
  })

  it('speaks the language of its place, in words of the page or of its own', () => {
    main.lang = 'de'
    const run = createStore(job({ progress: 40, done: 1_000, total: 2_500, unit: 'Zeilen' }))
    const progress = add('headway-progress', {}, { run })
    setMessages({ running: 'Läuft', counts: '{done} von {total} {unit}' })
    expect(textOf(progress, 'detail')).toBe('1.000 von 2.500 Zeilen')
    expect(textOf(progress, 'status')).toBe('Läuft')
    progress.messages = { running: 'Exportiert' }
    expect(textOf(progress, 'status')).toBe('Exportiert')
    progress.lang = 'fr'
    expect(textOf(progress, 'detail')).toMatch(/^1\s000 von 2\s500 Zeilen$/)
    main.lang = ''
  })

  it('changes only what is new in the page', async () => {
    const store = createStore(job({ progress: 40 }))
    const progress = add('headway-progress', {}, { run: store })
    const changed = vi.fn()
    const observer = new MutationObserver((records) => changed(records.length))
    const everything = { subtree: true, childList: true, attributes: true, characterData: true }
    if (progress.shadowRoot) observer.observe(progress.shadowRoot, everything)
    store.set(job({ progress: 40, revision: 2 }))
    await Promise.resolve()
    expect(changed).not.toHaveBeenCalled()
    store.set(job({ progress: 40, ...stale() }))
    await Promise.resolve()
    expect(changed).toHaveBeenCalled()
    observer.disconnect()
  })
})
