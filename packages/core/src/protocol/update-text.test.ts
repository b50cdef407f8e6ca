import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeEvent } from './encode.ts'
import { decodeUpdate, revisionIn, targetEnd, updatePrefix } from './update-text.ts'

/*
 * The functions rely on the text that our encoder writes: these tests compare them with a full
 * parse.
 */

const dataOf = (text: string): string => text.slice(text.indexOf('data: ') + 6, -2)
const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom('"revision":7', '","payload":', '{"revision":3}', '\\', '"}}'),
)
const run = fc.record({
  job_id: fc.uuid(),
  status: fc.constantFrom('running', 'completed'),
  progress: fc.option(fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0)),
  message: fc.option(anyText),
  output: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
  error: fc.option(anyText),
  revision: fc.nat(Number.MAX_SAFE_INTEGER),
  attempt: fc.nat(99),
})

describe('the text of an update', () => {
  it('of a run gives the same result as a full parse', () => {
    fc.assert(
      fc.property(run, (payload) => {
        const target = `job:${payload.job_id}`
        const data = dataOf(encodeEvent({ type: 'update', target, payload }))
        expect(data.slice(updatePrefix.length, targetEnd(data))).toBe(target)
        expect(decodeUpdate(data, 'job')).toEqual({ payload, revision: undefined })
        expect(revisionIn(data)).toBe(payload.revision)
      }),
    )
  })

  it('of a query gives the same result as a full parse, with the revision after the payload', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(1e15), (value, revision) => {
        const payload = JSON.parse(JSON.stringify(value))
        const data = dataOf(encodeEvent({ type: 'update', target: 'sub:q1', payload, revision }))
        expect(decodeUpdate(data, 'query')).toEqual({ payload, revision })
        expect(revisionIn(data)).toBe(revision)
      }),
    )
  })

  it.each([
    ['spaces', '{ "type": "update", "target": "job:1", "payload": {"a": 1} }', { a: 1 }],
    ['another order', '{"target":"job:1","payload":{"a":1},"type":"update"}', { a: 1 }],
    ['a member after the payload', '{"type":"update","target":"job:1","payload":[1],"at":2}', [1]],
    ['a target with quotes', '{"type":"update","target":"job:\\"1","payload":{"a":1}}', { a: 1 }],
  ])('with %s falls back to a full parse', (_, data, payload) => {
    expect(decodeUpdate(data, 'job')).toEqual({ payload, revision: undefined })
  })

  it.each(['', '{', 'null', '[]', '{"type":"update","target":"job:1","payload":{'])(
    '%j is malformed',
    (data) => {
      expect(decodeUpdate(data, 'job')).toBeNull()
    },
  )

  it('without a revision gives NaN', () => {
    expect(
      revisionIn('{"type":"update","target":"job:1","payload":{"status":"running"}}'),
    ).toBeNaN()
  })
})
