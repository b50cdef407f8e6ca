import { asyncScheduler, tap } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { expect, it } from 'vitest'
import { failOnSilence, SilenceError } from './silence.ts'

const virtual = (): TestScheduler =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
const elapsed = (): number => asyncScheduler.now()
const silent = (ms: number): SilenceError => new SilenceError(`Nothing came for ${ms} ms`)

it('errors after the limit and unsubscribes from the source', () => {
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

it('counts from the subscription if no value comes', () => {
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

it('applies a new limit from the value that changed it', () => {
  virtual().run(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a-2-b------')
    const subscription = '^------!    '
    const expected = '    -a-2-b-#    '
    let limit = 5
    const readLimit = (value: string): void => {
      if (value === '2') limit = 2
    }
    expectObservable(
      source.pipe(
        failOnSilence(() => limit, asyncScheduler, elapsed),
        tap(readLimit),
      ),
    ).toBe(expected, undefined, silent(2))
    expectSubscriptions(source.subscriptions).toBe(subscription)
  })
})

it('passes on the end of the source', () => {
  virtual().run(({ cold, expectObservable }) => {
    expectObservable(cold('-a-|').pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      '-a-|',
    )
    expectObservable(cold('-a-#').pipe(failOnSilence(() => 5, asyncScheduler, elapsed))).toBe(
      '-a-#',
    )
  })
})

it('unsubscribes from the source and stops its timer when it is unsubscribed', () => {
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
