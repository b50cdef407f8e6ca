import { asyncScheduler, tap } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { expect, it } from 'vitest'
import { failOnSilence, SilenceError } from './silence.ts'

const virtual = (): TestScheduler =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
const elapsed = (): number => asyncScheduler.now()
const silent = (ms: number): SilenceError => new SilenceError(`Nothing came for ${ms} ms`)

it('errors once nothing came for the limit, and lets go of the source', () => {
  virtual().run(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a--b------c')
    const subscription = '^--------!   '
    const expected = '    -a--b----# '
    expectObservable(source.pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      expected,
      undefined,
      silent(5),
    )
    expectSubscriptions(source.subscriptions).toBe(subscription)
  })
})

it('counts from the subscription when nothing ever comes', () => {
  virtual().run(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -----------')
    const subscription = '^----!     '
    const expected = '    -----#     '
    expectObservable(source.pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      expected,
      undefined,
      silent(5),
    )
    expectSubscriptions(source.subscriptions).toBe(subscription)
  })
})

it('takes the limit a value states, from that value on', () => {
  virtual().run(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a-2-b------')
    const subscription = '^------!    '
    const expected = '    -a-2-b-#    '
    let limit = 5
    const hear = (value: string): void => {
      if (value === '2') limit = 2
    }
    expectObservable(
      source.pipe(
        failOnSilence(() => limit, asyncScheduler, elapsed),
        tap(hear),
      ),
    ).toBe(expected, undefined, silent(2))
    expectSubscriptions(source.subscriptions).toBe(subscription)
  })
})

it('passes the source’s own end on, and watches no longer', () => {
  virtual().run(({ cold, expectObservable }) => {
    expectObservable(cold('-a-|').pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      '-a-|',
    )
    expectObservable(cold('-a-#').pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      '-a-#',
    )
  })
})

it('lets go of the source and of its clock when nobody listens any more', () => {
  virtual().run(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a---------')
    const subscription = '^--!       '
    const expected = '    -a---------'
    expectObservable(
      source.pipe(failOnSilence(() => 5, asyncScheduler, elapsed)),
      subscription,
    ).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subscription)
  })
})
