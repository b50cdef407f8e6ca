import { asyncScheduler, map } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { expect, it } from 'vitest'
import { fromWake, type WakeSource } from './wake.ts'

const virtual = (): TestScheduler =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected))

const elapsed = (): number => asyncScheduler.now()

/** A page that says what it is told to say, and counts who listens. */
function createPage(visibilityState = 'visible') {
  const listeners = new Map<string, () => void>()
  const target = {
    addEventListener: (type: string, listener: () => void) => void listeners.set(type, listener),
    removeEventListener: (type: string) => void listeners.delete(type),
  }
  const page: WakeSource = { ...target, document: { visibilityState, ...target } }
  return { page, listeners, say: (type: string) => listeners.get(type)?.() }
}

it.each(['online', 'pageshow', 'visibilitychange'])('hears %s', (type) => {
  virtual().run(({ cold, expectObservable }) => {
    const { page, say } = createPage()
    cold('--a-a').subscribe(() => say(type))
    const woken$ = fromWake(page, asyncScheduler, elapsed).pipe(map(() => 'w'))
    expectObservable(woken$, '------!').toBe('--w-w')
  })
})

it('takes no page that hides for one that is back', () => {
  virtual().run(({ cold, expectObservable }) => {
    const { page, say } = createPage('hidden')
    cold('--a').subscribe(() => say('visibilitychange'))
    expectObservable(fromWake(page, asyncScheduler, elapsed), '------!').toBe('------')
  })
})

it('notices that the clock jumped, and nothing while it runs as it should', () => {
  virtual().run(({ cold, expectObservable }) => {
    let sleptMs = 0
    cold('12s a').subscribe(() => {
      sleptMs = 60_000
    })
    const clock = {
      now: () => asyncScheduler.now() + sleptMs,
      schedule: asyncScheduler.schedule.bind(asyncScheduler),
    }
    const woken$ = fromWake(undefined, clock, clock.now).pipe(map(() => 'w'))
    expectObservable(woken$, '30s !').toBe('15s w')
  })
})

it('lets go of the page and of its clock', () => {
  virtual().run(({ expectObservable, flush }) => {
    const { page, listeners } = createPage()
    expectObservable(fromWake(page, asyncScheduler, elapsed), '---!').toBe('----')
    flush()
    expect([...listeners.keys()]).toEqual([])
  })
})
