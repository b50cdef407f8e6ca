import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type RefusalCode, statuses } from './codes.ts'

const protocol = readFileSync(new URL('../../../../PROTOCOL.md', import.meta.url), 'utf8')

/** The codes and statuses of the tables in PROTOCOL.md: `| \`A\`, \`B\` | 400 | …`. */
const rows = protocol.matchAll(/^\| (`[A-Z_`, ]+`)[^|]*\| (\d{3}) +\|/gm)
const documented = [...rows].flatMap(([, codes = '', status]) =>
  [...codes.matchAll(/[A-Z_]+/g)].map(([code]): [string, number] => [code, Number(status)]),
)

/** Thrown by user code, with a status of its own choice. */
const own = 'REFUSED'

it('gives each code the status that PROTOCOL.md documents', () => {
  for (const [code, status] of documented) {
    if (code !== own) expect([code, statuses[code as RefusalCode]]).toEqual([code, status])
  }
})

it('has only codes that PROTOCOL.md documents', () => {
  const known = documented.map(([code]) => code)
  expect(Object.keys(statuses).filter((code) => !known.includes(code))).toEqual([])
})
