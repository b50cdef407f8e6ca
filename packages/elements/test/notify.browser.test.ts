import { createStore } from '@headway/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askToNotify, notifyOnEnd } from '../src/index.ts'
import { add, fake, part, shows } from './support/page.ts'
import { ended, job } from './support/views.ts'

/** The notifications so far: title and body. */
let notes: string[][]
let permission: NotificationPermission
let clicks: (() => void)[]

beforeEach(() => {
  notes = []
  clicks = []
  permission = 'granted'
  class FakeNotification {
    static get permission() {
      return permission
    }
    static requestPermission() {
      permission = 'granted'
      return Promise.resolve(permission)
    }
    constructor(title: string, { body = '' }: NotificationOptions) {
      notes.push([title, body])
      clicks.push(() => this.onclick())
    }
    onclick(): void {}
    close(): void {}
  }
  vi.stubGlobal('Notification', FakeNotification)
  show('hidden')
})
afterEach(() => {
  vi.unstubAllGlobals()
  show('visible')
})

function show(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
}

/** A tray that follows a run. */
async function openTray(attributes: Record<string, string>) {
  const { job_id } = fake.gateway.createJob({ status: 'running' }, { title: 'Users' })
  fake.gateway.createJob({ status: 'failed' }, { title: 'Old' })
  const tray = add('headway-tray', attributes)
  await shows(tray, 'count', '1')
  const finish = async () => {
    fake.gateway.update(job_id, { status: 'completed' })
    await shows(tray, 'announcer', 'Users, Done')
  }
  return { tray, finish }
}

describe('a tray with `notify`', () => {
  it('notifies of an end while the page is hidden, once', async () => {
    const { finish } = await openTray({ notify: '' })
    await finish()
    expect(notes).toEqual([['Users', 'Done']])
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => undefined)
    clicks[0]?.()
    expect(focus).toHaveBeenCalled()
  })

  it('does not while the page can be seen', async () => {
    const { finish } = await openTray({ notify: '' })
    show('visible')
    await finish()
    expect(notes).toEqual([])
  })

  it('asks for the permission on a click alone', async () => {
    permission = 'default'
    const { tray, finish } = await openTray({ notify: '', open: '' })
    const button = part(tray, 'notify')
    expect(button.hidden).toBe(false)
    button.click()
    await expect.poll(() => button.hidden).toBe(true)
    await finish()
    expect(notes).toEqual([['Users', 'Done']])
  })

  it('offers nothing to a person who has refused', async () => {
    permission = 'denied'
    const { tray, finish } = await openTray({ notify: '', open: '' })
    expect(part(tray, 'notify').hidden).toBe(true)
    await finish()
    expect(notes).toEqual([])
  })
})

it('a tray without `notify` does not notify', async () => {
  const { tray, finish } = await openTray({ open: '' })
  expect(part(tray, 'notify').hidden).toBe(true)
  await finish()
  expect(notes).toEqual([])
})

describe('notifyOnEnd', () => {
  it('does it for one run, until it is stopped', () => {
    const [run, other] = [createStore(job()), createStore(job())]
    notifyOnEnd(run, 'Export')
    notifyOnEnd(other, 'Other')()
    run.set(job({ ...ended('failed'), error: 'no disk' }))
    other.set(job(ended('succeeded')))
    expect(notes).toEqual([['Export', 'Failed, no disk']])
  })

  it('survives a browser that lets only service workers notify', () => {
    class Refusing {
      static permission = 'granted'
      constructor() {
        throw new TypeError('Illegal constructor')
      }
    }
    vi.stubGlobal('Notification', Refusing)
    const run = createStore(job())
    notifyOnEnd(run, 'Export')
    run.set(job(ended('succeeded')))
    expect(notes).toEqual([])
  })
})

it('askToNotify says what the person answered, and asks once', async () => {
  permission = 'denied'
  expect(await askToNotify()).toBe(false)
  permission = 'default'
  expect(await askToNotify()).toBe(true)
  vi.stubGlobal('Notification', undefined)
  expect(await askToNotify()).toBe(false)
})
