import { expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

const known = ['100', '1000', 'heap']

it('runs all parts five times when nothing is said', () => {
  expect(readCommandLine([], known)).toMatchObject({
    type: 'run',
    parts: known,
    rounds: 5,
    keeping: { compare: false, record: false },
  })
})

it('runs what is named, in the order in which it is known', () => {
  const asked = readCommandLine(['heap', '100', '--rounds', '3', '--compare', '--record'], known)
  expect(asked).toMatchObject({
    parts: ['100', 'heap'],
    rounds: 3,
    keeping: { compare: true, record: true },
  })
})

it.each([
  [['500'], 'There is no part "500".'],
  [['toString'], 'There is no part "toString".'],
  [['--rounds', '0'], '--rounds is "0": it must be 1 or more.'],
  [['--rounds', '1.5'], '--rounds is "1.5": it must be 1 or more.'],
  [['--rounds', 'many'], '--rounds is "many": it must be 1 or more.'],
  [['--compair'], /--compair/],
])('refuses %j', (args, what) => {
  expect(readCommandLine(args, known)).toMatchObject({
    type: 'wrong',
    what: typeof what === 'string' ? what : expect.stringMatching(what),
  })
})

it('helps, whatever else is said', () => {
  expect(readCommandLine(['nonsense', '-h'], known)).toEqual({ type: 'help' })
})
