import { parseJson, type TargetKind, toTarget } from '@headway/core/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeUpdate,
  revisionIn,
  targetEnd,
  updatePrefix,
} from '../../core/src/protocol/update-text.ts'
import { createQueryFrames } from '../src/live/query-frames.ts'
import { createRunFrames } from '../src/live/run-frames.ts'
import type { Run } from '../src/runs/run-store.ts'
import { toSnapshot } from '../src/runs/snapshot.ts'
import { runningJob } from './support/running-job.ts'

/*
 * The client reads the target and the revision of an update without parsing its JSON. That works
 * only while each encoder of the gateway writes the members in the order that the client expects.
 */

const revision = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

/** Values that contain the very texts that the client searches for. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    '"revision":7',
    '","payload":{}',
    { revision: 7, attempt: 8 },
    { type: 'update', target: 'job:other', payload: null, revision: 7 },
  ),
)
const message = fc.option(fc.oneof(fc.string(), fc.constant('"revision":7,"attempt":8')))

const job: fc.Arbitrary<Run> = fc
  .record({ output: value, message, error: message, revision, attempt: fc.nat() })
  .map((changes) => ({ ...runningJob('7', { revision: 1 }), ...changes }))
const workflow: fc.Arbitrary<Run> = fc.tuple(job, value).map(([run, step]) => ({
  ...run,
  kind: 'workflow',
  status: 'running',
  steps: [{ name: JSON.stringify(step).slice(0, 64), status: 'running', error: run.error }],
}))

/** The JSON of a frame: one `data` line. */
function dataOf(frame: string | null): string {
  const [event, data, ...end] = (frame ?? '').split('\n')
  expect([event, ...end]).toEqual(['event: update', '', ''])
  expect(data?.startsWith('data: ')).toBe(true)
  return data?.slice('data: '.length) ?? ''
}

function expectRead(data: string, target: string, kind: TargetKind): void {
  expect(data.slice(updatePrefix.length, targetEnd(data))).toBe(target)
  const members = parseJson(data) as { payload: unknown; revision?: number }
  const { payload, revision } = members
  expect(decodeUpdate(data, kind)).toEqual({ payload, revision })
}

/** Our client chooses the run's id; any text without a quote or a backslash is read fast, too. */
const id = fc.string().filter((text) => /^[^"\\\p{Control}]*$/u.test(text) && text.isWellFormed())

describe.each([
  ['job', job],
  ['workflow', workflow],
] as const)('the frame of a %s', (kind, runs) => {
  it('has its members in the order that the client reads', () => {
    fc.assert(
      fc.property(id, runs, (id, run) => {
        const target = toTarget(kind, id)
        const data = dataOf(createRunFrames(run)({ target, dialect: 'headway' }))
        expectRead(data, target, kind)
        expect(data.endsWith(`,"revision":${run.revision},"attempt":${run.attempt}}}`)).toBe(true)
        const members = parseJson(data) as { payload: object }
        expect(Object.keys(members)).toEqual(['type', 'target', 'payload'])
        expect(Object.keys(members.payload).slice(-2)).toEqual(['revision', 'attempt'])
        expect(members.payload).toEqual(JSON.parse(JSON.stringify(toSnapshot(run))))
      }),
    )
  })
})

describe('the frame of a query', () => {
  it('has its members in the order that the client reads', () => {
    fc.assert(
      fc.property(id, value, revision, (id, result, revision) => {
        const target = toTarget('query', id)
        const data = dataOf(createQueryFrames({ text: JSON.stringify(result), revision })(target))
        expectRead(data, target, 'query')
        expect(data.endsWith(`,"revision":${revision}}`)).toBe(true)
        expect(Object.keys(parseJson(data) as object)).toEqual([
          'type',
          'target',
          'payload',
          'revision',
        ])
      }),
    )
  })
})

it('each frame gives its revision to a client that reads them in turn', () => {
  const run = runningJob('7', { revision: 3 })
  const frames = [
    createRunFrames(run)({ target: 'job:a', dialect: 'headway' }),
    createQueryFrames({ text: '[{"id":1}]', revision: 40 })('sub:a'),
    createRunFrames({ ...run, kind: 'workflow', revision: 5 })({
      target: 'wf:a',
      dialect: 'headway',
    }),
    createRunFrames({ ...run, revision: 16 })({ target: 'job:a', dialect: 'headway' }),
  ]
  expect(frames.map((frame) => revisionIn(dataOf(frame)))).toEqual([3, 40, 5, 16])
})

describe('the times in a push', () => {
  const times = { createdAt: 1_000, startedAt: 2_000, finishedAt: null }
  const run = runningJob('7', { revision: 3, ...times })
  const payloadOf = (run: Run, knownStart: number | null | undefined): object => {
    const reader = { target: 'job:7', dialect: 'headway', knownStart } as const
    const { payload } = parseJson(dataOf(createRunFrames(run)(reader))) as { payload: object }
    return payload
  }

  it('are all there when no answer was sent', () => {
    expect(payloadOf(run, undefined)).toMatchObject({ created_at: 1_000, started_at: 2_000 })
  })
  it('are left out when the answer had them', () => {
    const payload = payloadOf(run, 2_000)
    expect(Object.keys(payload).filter((name) => name.endsWith('_at'))).toEqual([])
  })
  it.each([
    ['the attempt began later', 2_000, null, { started_at: 2_000 }],
    ['another attempt began', 3_000, 2_000, { started_at: 3_000 }],
    ['the attempt is over', null, 2_000, { started_at: null }],
    ['an attempt that began after the answer is over', null, null, { started_at: null }],
  ])('have the start when %s', (_, startedAt, knownStart, expected) => {
    const payload = payloadOf({ ...run, startedAt }, knownStart)
    expect(payload).toMatchObject(expected)
    expect(payload).not.toHaveProperty('created_at')
  })
  it('are each reader’s own, though they share a target', () => {
    const frameOf = createRunFrames(run)
    const readers = [2_000, null, 2_000].map((knownStart) =>
      frameOf({ target: 'job:7', dialect: 'headway', knownStart }),
    )
    expect(readers.map((frame) => frame?.includes('started_at'))).toEqual([false, true, false])
  })
})

it('a target that JSON escapes is read, too', () => {
  const run = runningJob('7', { revision: 3 })
  const target = toTarget('job', 'a"b\\c')
  const data = dataOf(createRunFrames(run)({ target, dialect: 'headway' }))
  expect(decodeUpdate(data, 'job')?.payload).toMatchObject({ job_id: '7', revision: 3 })
})
