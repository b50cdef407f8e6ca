import { expect, it } from 'vitest'
import { compare, describeComparison } from './compare.ts'
import type { Figure, KeptFigure } from './figure.ts'

const command = 'npm run bench:gateway -- 1000'
const kept = (name: string, ratio: number, better: Figure['better'] = 'more'): KeptFigure => ({
  command,
  name,
  ratio,
  better,
  commit: 'abc1234',
})
const measured = (name: string, ratio: number, better: Figure['better'] = 'more'): Figure => ({
  command,
  name,
  ratio,
  better,
})

it.each<[string, Figure['better'], number, number, boolean]>([
  ['as it was', 'more', 1.3, 1.3, false],
  ['a tenth less, where more is better', 'more', 1, 0.9, false],
  ['more than a tenth less', 'more', 1, 0.899, true],
  ['much better', 'more', 1, 9, false],
  ['a tenth more, where less is better', 'less', 1, 1.1, false],
  ['more than a tenth more', 'less', 1, 1.101, true],
  ['much less', 'less', 1, 0.1, false],
  ['it could not be measured', 'more', 1, Number.NaN, true],
  ['nor could this', 'less', 1, Number.NaN, true],
])('%s', (_, better, before, now, hasFallen) => {
  const { fallen } = compare([kept('a', before, better)], [measured('a', now, better)])
  expect(fallen).toHaveLength(hasFallen ? 1 : 0)
})

it('compares a figure with that of its own command, and leaves alone what was not measured', () => {
  const other = { ...kept('a', 9), command: 'npm run bench:gateway -- 100' }
  const found = compare([other, kept('a', 1), kept('b', 9)], [measured('a', 1), measured('c', 2)])
  expect(found).toEqual({
    fallen: [],
    held: [{ figure: measured('a', 1), kept: kept('a', 1) }],
    unknown: [measured('c', 2)],
  })
})

it('names each that fell, with what it was and where', () => {
  const before = [kept('deliveries', 1.36), kept('memory', 1.1, 'less'), kept('bursts', 16)]
  const now = [measured('deliveries', 0.4), measured('memory', 1.5, 'less'), measured('bursts', 17)]
  expect(describeComparison(compare(before, now))).toEqual([
    `held    17.0 x, was 16.0 x at abc1234: bursts  (${command})`,
    `FALLEN  0.400 x, was 1.36 x at abc1234: deliveries  (${command})`,
    `FALLEN  1.50 x, was 1.10 x at abc1234: memory  (${command})`,
    '2 of 3 figures fell by more than a tenth.',
  ])
  expect(describeComparison(compare(before, before))).toContain(
    'None of 3 figures fell by more than a tenth.',
  )
})
