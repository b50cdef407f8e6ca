import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createUnknownNames } from './unknown-names.ts'

const lines: string[] = []
const write = (line: Buffer, _: unknown, done: () => void): void => {
  lines.push(String(line))
  done()
}
const logger = pino({ level: 'warn' }, new Writable({ write }))

it('the longer a name is unknown, the longer its jobs wait, from 1 to 15 s', () => {
  const postpone = createUnknownNames(logger)
  const waits = [0, 1_000, 8_000, 20_000, 60_000, 3_600_000].map((ms) => postpone('a', ms))
  expect(waits).toEqual([1_000, 1_000, 2_000, 5_000, 15_000, 15_000])
  expect(postpone('b', 3_600_000)).toBe(1_000)
})

it('logs each name once, and remembers no more than a thousand', () => {
  lines.length = 0
  const postpone = createUnknownNames(logger)
  for (let round = 0; round < 3; round += 1) {
    for (let name = 0; name < 1_000; name += 1) postpone(`job ${name}`, round)
  }
  expect(lines).toHaveLength(1_000)
  postpone('one more', 60_000)
  expect(postpone('job 1', 60_000)).toBe(1_000)
})
