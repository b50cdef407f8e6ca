import { expect, it } from 'vitest'
import { cancelMark } from './cancel-mark.ts'
import { type JobPlace, type JobReading, toReading } from './job-reading.ts'
import { observe, observeGone, observeTold, toProgress } from './observation.ts'
import { nothing } from './queue-event.ts'

const showing = { progress: null, toShownError: (text: string) => text, maxOutputBytes: 100 }
const job = (place: JobPlace, more: Partial<JobReading> = {}): JobReading => ({
  ...toReading([place, null, null, 'name', '{"attempts":3}', '1000']),
  ...more,
})
const statusOf = (place: JobPlace, more: Partial<JobReading> = {}) => {
  const { status, error } = observe(job(place, more), '1-1', showing)
  return error === null ? status : `${status}: ${error}`
}

it.each<[string, JobPlace, Partial<JobReading>, string]>([
  ['new', 'waiting', {}, 'pending'],
  ['delayed', 'delayed', {}, 'pending'],
  ['children first', 'waiting-children', {}, 'pending'],
  ['children later', 'waiting-children', { begun: 1 }, 'running'],
  ['active', 'active', { begun: 1 }, 'running'],
  ['active again', 'active', { begun: 2, made: 1, failedReason: 'no' }, 'running'],
  ['failed once', 'waiting', { begun: 1, made: 1, failedReason: 'no' }, 'retry: no'],
  ['failed once, delayed', 'delayed', { begun: 1, made: 1, failedReason: 'no' }, 'retry: no'],
  ['put back', 'delayed', { begun: 1 }, 'pending'],
  [
    'lost',
    'waiting',
    { begun: 1, stalls: 1 },
    'retry: Its worker was lost: it waits for another one',
  ],
  ['done after a failure', 'completed', { begun: 2, made: 2, failedReason: 'no' }, 'completed'],
  ['spent', 'failed', { begun: 3, made: 3, failedReason: 'no' }, 'dead_letter: no'],
  ['unrecoverable', 'failed', { begun: 1, made: 1, failedReason: 'no' }, 'failed: no'],
  ['only one', 'failed', { opts: '{}', begun: 1, made: 1, failedReason: 'no' }, 'failed: no'],
  ['stopped', 'failed', { made: 1, failedReason: `${cancelMark}: x` }, 'cancelled: cancelled'],
])('a job that is %s', (_, place, more, expected) => {
  expect(statusOf(place, more)).toBe(expected)
})

it.each([
  [12.6, { percent: 12.6 }],
  [-5, { percent: 0 }],
  [1e300, { percent: 100 }],
  [true, {}],
  [{ percent: '50' }, {}],
  [
    { done: 9, total: 4 },
    { percent: 100, done: 9, total: 4 },
  ],
  [{ percent: 140 }, { percent: 100 }],
  [
    { done: 1, total: 8, unit: 'rows', message: 'a' },
    { percent: 12.5, message: 'a', done: 1, total: 8, unit: 'rows' },
  ],
  [{ done: 1, total: 0 }, { done: 1 }],
  [
    { percent: 40, done: 7 },
    { percent: 40, done: 7 },
  ],
  [{ percent: 40, done: -7, total: 'x', unit: 3 }, { percent: 40 }],
  ['half way', { message: 'half way' }],
  [[1, 2], {}],
  [null, {}],
])('progress %j', (value, shown) => {
  const unshown = { percent: null, message: null, done: null, total: null, unit: null }
  expect(toProgress(value)).toEqual({ ...unshown, ...shown })
})

it('a result that is too large or no JSON is not shown', () => {
  const shown = (returnvalue: string) => {
    const { output, message } = observe(job('completed', { returnvalue }), '1-1', showing)
    return [output, message]
  }
  expect(shown('{"a":1}')).toEqual(['{"a":1}', null])
  expect(shown('undefined')).toEqual(['null', null])
  expect(shown(JSON.stringify('x'.repeat(100)))).toEqual([
    'null',
    expect.stringContaining('100 bytes'),
  ])
})

it('what users see of a reason is masked, wherever it comes from', () => {
  const masked = { ...showing, toShownError: () => 'The job failed' }
  const failed = { begun: 1, made: 1, failedReason: 'a password' }
  const told = (text: string, attempts = 1) =>
    observeTold({ ...nothing, end: { at: '5-1', type: 'failed', text, attempts } }, masked)
  for (const place of ['waiting', 'failed'] as const) {
    expect(observe(job(place, failed), '1-1', masked)).toMatchObject({ error: 'The job failed' })
  }
  expect(told('a password')).toMatchObject({ status: 'failed', error: 'The job failed' })
  expect(told('a password', 2)).toMatchObject({ status: 'dead_letter' })
  expect(told(`${cancelMark}: x`)).toMatchObject({ status: 'cancelled', error: 'cancelled' })
})

it('an end that only an event tells has its result, its time and its place', () => {
  const end = { at: '5-1', type: 'completed', text: '{"a":1}', attempts: 1 } as const
  expect(observeTold({ ...nothing, end }, showing)).toMatchObject({
    isRead: false,
    place: '0000000000000005-000000000001',
    status: 'completed',
    output: '{"a":1}',
    finishedMs: 5,
    taken: null,
  })
  expect(observeTold({ ...nothing, end: { ...end, type: 'removed' } }, showing)).toMatchObject({
    status: 'removed',
    error: 'It was removed from its queue before its end',
  })
  const told = observeTold({ name: 'x', addedAt: '4-1', end }, showing)
  expect(told).toMatchObject({ added: '0000000000000004-000000000001', status: 'completed' })
  expect(observeTold(nothing, showing)).toBeNull()
})

it('a job that was added and is gone waits for the events that tell its end', () => {
  expect(observeTold({ name: 'x', addedAt: '4-1', end: null }, showing)).toMatchObject({
    isRead: false,
    place: '0000000000000004-000000000001',
    added: '0000000000000004-000000000001',
    status: 'pending',
    taken: 0,
    finishedMs: null,
  })
})

it('a job that is gone was removed, or nobody knows', () => {
  expect(observeGone('5-1', true, 7)).toMatchObject({
    status: 'removed',
    error: 'It was removed from its queue before its end',
    finishedMs: 7,
  })
  expect(observeGone('5-1', false, 7)).toMatchObject({
    status: 'not_found',
    error: 'Its queue does not have it any more, and nothing tells how it ended',
  })
})

it('the message is what the job reported, then its log, then what it waits for', () => {
  const messageOf = (place: JobPlace, more: Partial<JobReading>) =>
    observe(job(place, more), '1-1', showing).message
  expect(messageOf('active', { progress: '"half"', log: 'line' })).toBe('half')
  expect(messageOf('active', { progress: '50', log: 'line' })).toBe('line')
  expect(messageOf('active', { progress: '50' })).toBeNull()
  expect(messageOf('waiting-children', {})).toBe('waiting for its children')
  expect(messageOf('waiting-children', { progress: '"half"' })).toBe('half')
})

it('a job of a version that counted no attempts that began', () => {
  const begun = (place: JobPlace, made: string, started: string | null) =>
    toReading([place, null, null, 'name', null, '1000', made, started]).begun
  expect(begun('active', '1', null)).toBe(2)
  expect(begun('waiting', '1', null)).toBe(1)
  expect(begun('waiting', '1', '3')).toBe(3)
  expect(toReading(['waiting', null, null, 'name', null, '1000']).opts).toBe('{}')
})

it('the app may give the progress as a number, as text or in parts', () => {
  const shown = (progress: (value: unknown) => unknown) => {
    const { progress: percent, message } = observe(job('active', { progress: '3' }), '1-1', {
      ...showing,
      progress,
    })
    return { percent, message }
  }
  expect(shown((value) => Number(value) * 10)).toEqual({ percent: 30, message: null })
  expect(shown(() => 'text')).toEqual({ percent: null, message: 'text' })
  expect(shown(() => ({ percent: 7, message: 'part' }))).toEqual({ percent: 7, message: 'part' })
  expect(shown(() => null)).toEqual({ percent: null, message: null })
})
