import { expect, it } from 'vitest'
import { cancelMark } from './cancel-mark.ts'
import { type JobPlace, type JobReading, toReading } from './job-reading.ts'
import { observe, toProgress } from './observation.ts'

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
