import { asyncScheduler, map } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { expect, it } from 'vitest'
import { fromWake, type WakeSource } from './wake.ts'

const virtual = (): TestScheduler =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected))

const elapsed = (): number => asyncScheduler.now()

/** A page whose events `emit` fires, with its current listeners. */
function createPage(visibilityState = 'visible') {
  const listeners = new Map<string, () => void>()
  const target = {
    addEventListener: (type: string, listener: () => void) => void listeners.set(type, listener),
    removeEventListener: (type: string) => void listeners.delete(type),
  }
  const page: WakeSource = { ...target, document: { visibilityState, ...target } }
  return { page, listeners, emit: (type: string) => listeners.get(type)?.() }
}

it.each(['online', 'pageshow', 'visibilitychange'])('emits on %s', (type) => {
  virtual().run(({ cold, expectObservable }) => {
    const { page, emit } = createPage()
    cold('--a-a').subscribe(() => emit(type))
    const woken$ = fromWake(page, asyncScheduler, elapsed).pipe(map(() => 'w'))
    expectObservable(woken$, '------!').toBe('--w-w')
  })
})

it('does not emit when the page becomes hidden', () => {
  virtual().run(({ cold, expectObservable }) => {
    const { page, emit } = createPage('hidden')
    cold('--a').subscribe(() => emit('visibilitychange'))
    expectObservable(fromWake(page, asyncScheduler, elapsed), '------!').toBe('------')
  })
})

it('emits once when the clock jumped, and not while it runs normally', () => {
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

it('removes its listeners and its timer when it is unsubscribed', () => {
  virtual().run(({ expectObservable, flush }) => {
    const { page, listeners } = createPage()
    expectObservable(fromWake(page, asyncScheduler, elapsed), '---!').toBe('----')
    flush()
    expect([...listeners.keys()]).toEqual([])
  })
})
