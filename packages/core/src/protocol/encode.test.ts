import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeEvent, encodeJobUpdate, type WholeJobSnapshot } from './encode.ts'
import { jobStatuses } from './snapshots.ts'

/** Texts with and without characters that JSON escapes. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\0', '\u001f', '\u007f', '\u2028', '\ud800', '\udfff'),
  }),
  fc.constantFrom('row 1,000 of 10,000,000', '', '😀', '\udc00\ud83d', 'ä€', '\ue000\uffff'),
)
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined })
const snapshot: fc.Arbitrary<WholeJobSnapshot> = fc.record({
  job_id: fc.oneof(fc.uuid(), text),
  status: fc.constantFrom(...jobStatuses),
  progress: fc.option(fc.oneof(fc.nat({ max: 100 }), fc.double())),
  message: fc.option(text),
  output: fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, '', 0, false)),
  error: fc.option(text),
  done: optional(fc.double()),
  total: optional(fc.nat()),
  unit: optional(text),
  children: optional(
    fc.option(
      fc.record({
        total: fc.nat(),
        done: fc.nat(),
        failed: fc.nat(),
        cancelled: fc.nat(),
        running: fc.nat(),
      }),
    ),
  ),
  created_at: optional(fc.maxSafeNat()),
  started_at: optional(fc.maxSafeNat()),
  finished_at: optional(fc.maxSafeNat()),
  revision: fc.maxSafeNat(),
  attempt: fc.nat(),
})

it('writes a job exactly as JSON.stringify does', () => {
  fc.assert(
    fc.property(text, snapshot, (target, payload) => {
      expect(encodeJobUpdate(target, payload)).toBe(
        encodeEvent({ type: 'update', target, payload }),
      )
    }),
    { numRuns: 2_000 },
  )
})

it('writes one data line for any text', () => {
  fc.assert(
    fc.property(text, snapshot, (target, payload) => {
      expect(encodeJobUpdate(target, payload).split(/\r\n|\r|\n/)).toHaveLength(4)
    }),
  )
})
