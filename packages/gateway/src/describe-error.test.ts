import { describe, expect, it } from 'vitest'
import { thrownThings } from '../test/support/thrown-things.ts'
import { boundText } from './bound-text.ts'
import { describeError, toError } from './describe-error.ts'

describe('what was thrown, in words', () => {
  it.each(thrownThings)('$name', ({ make, says }) => {
    const text = describeError(make())
    if (typeof says === 'string') expect(text).toBe(says)
    else expect(text).toMatch(says)
    expect(text.length).toBeLessThanOrEqual(2_000)
    expect(text).not.toBe('')
    expect(text.isWellFormed()).toBe(true)
    expect(text).not.toContain('\0')
  })

  it.each(thrownThings)('is an error that can be read: $name', ({ make }) => {
    const error = toError(make())
    expect(error).toBeInstanceOf(Error)
    expect(() => [error.name, error.stack, error.cause, String(error.message)]).not.toThrow()
    expect(typeof error.message).toBe('string')
  })

  it('runs nothing of an object that it shows', () => {
    let runs = 0
    const run = (): number => (runs += 1)
    const object = {
      get secret() {
        return run()
      },
      toString: run,
      toJSON: run,
      inspect: run,
    }
    describeError(object)
    expect(runs).toBe(0)
  })

  it('is the error itself where that can be read, so that its class and its stack are kept', () => {
    const error = new RangeError('no')
    expect(toError(error)).toBe(error)
  })
})

describe('text that is cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a😀b', 4, 'a😀b'],
    ['a😀bc', 4, 'a😀…'],
    ['a😀bc', 3, 'a…'],
    ['\0\ud800', 3, '\ufffd\ufffd'],
    ['', 3, ''],
  ])('%j at %i', (text, most, cut) => {
    expect(boundText(text, most)).toBe(cut)
  })
})
