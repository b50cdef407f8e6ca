import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KeptFigure } from './figure.ts'
import { parseResults, recordFigures } from './results.ts'

const page = `# Results

Measured on two cores.

## \`npm run bench:client -- 100\`

| figure | ratio | better | commit |
| --- | ---: | --- | --- |
| updates, times eventsource 4 | 1.50 × | more | \`abc1234\` |

Nothing else ran.

## \`npm run bench:gateway -- 1000\`

| figure | ratio | better | commit |
| --- | ---: | --- | --- |
| memory, times response.write | 1.08 × | less | \`abc1234\` |
`
const updates: KeptFigure = {
  command: 'npm run bench:client -- 100',
  name: 'updates, times eventsource 4',
  ratio: 1.5,
  better: 'more',
  commit: 'abc1234',
}

it('reads the figures of each command', () => {
  const command = 'npm run bench:gateway -- 1000'
  const name = 'memory, times response.write'
  expect(parseResults(page)).toEqual([
    updates,
    { command, name, ratio: 1.08, better: 'less', commit: 'abc1234' },
  ])
})

it('writes a figure in the place of the one before, and keeps the rest of the page', () => {
  const written = recordFigures(page, [{ ...updates, ratio: 1.618, commit: 'def5678' }])
  const [before, now] = ['| 1.50 × | more | `abc1234` |', '| 1.62 × | more | `def5678` |']
  expect(written).toBe(page.replace(before, now))
})

it('adds what is new to the table of its command, above what is said below it', () => {
  const heap: KeptFigure = { ...updates, name: 'heap', ratio: 2, better: 'less' }
  const line = '| updates, times eventsource 4 | 1.50 × | more | `abc1234` |\n'
  const added = `${line}| heap | 2.00 × | less | \`abc1234\` |\n`
  expect(recordFigures(page, [heap])).toBe(page.replace(line, added))
})

it('begins a table, under a heading that is there and one that is not', () => {
  const bare = '# Results\n\n## `npm run bench:client -- 100`\n\nNone yet.\n'
  const other = { ...updates, command: 'npm run bench:client -- heap', ratio: 0.015 }
  const written = recordFigures(bare, [updates, other])
  expect(parseResults(written)).toEqual([updates, other])
  expect(written).toContain('\n\nNone yet.\n')
})

it('reads back whatever it wrote, in whatever order it was written', () => {
  const figure: fc.Arbitrary<KeptFigure> = fc.record({
    command: fc.constantFrom('npm run bench:client -- 1', 'npm run bench:gateway -- storm'),
    name: fc.constantFrom('a', 'b, times c', '16 runs: raw’s one run', 'CPU µs'),
    ratio: fc.integer({ min: 1, max: 999 }).map((percent) => percent / 100),
    better: fc.constantFrom('more', 'less'),
    commit: fc.constantFrom('abc1234', '0000000'),
  })
  const isSame = (a: KeptFigure, b: KeptFigure): boolean =>
    a.command === b.command && a.name === b.name
  const figures = fc.uniqueArray(figure, { comparator: isSame })
  fc.assert(
    fc.property(figures, (kept) => {
      const found = parseResults(recordFigures(page, kept))
      for (const one of kept) expect(found).toContainEqual(one)
    }),
  )
})

it('can read the page as it is: each figure with the commit it was measured at', () => {
  const kept = parseResults(readFileSync(new URL('../RESULTS.md', import.meta.url), 'utf8'))
  expect(kept.length).toBeGreaterThan(10)
  for (const { ratio, command } of kept) {
    expect(ratio).toBeGreaterThan(0)
    expect(command).toMatch(/^npm run bench:(client|gateway|faults) -- \w+( \d+)?$/)
  }
})
