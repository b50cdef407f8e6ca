import { type GroupOutput, idleJob, idleRuns, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { batchFiles } from './batch-files.ts'
import { batchAnnouncement, describeBatch, describeFile, describeFiles } from './batch-text.ts'
import type { ListedJob } from './runs-text.ts'

type View = JobView<GroupOutput>
const live = { status: 'live', since: 0, reason: null } as const
const none = { total: 20, done: 0, failed: 0, cancelled: 0, running: 0 }

const batch = (fields: Partial<View>): View => ({
  ...idleJob,
  ...{ jobId: '7', sync: live, loading: false, attempt: 1, ...fields },
})
const running = batch({
  phase: 'running',
  isActive: true,
  progress: 90,
  children: { ...none, done: 17, failed: 1, running: 2 },
})
const failed = batch({
  phase: 'failed',
  isDone: true,
  progress: 100,
  error: '1 of 20 failed',
  children: { ...none, done: 19, failed: 1 },
})

describe('a batch', () => {
  it.each<[string, View, object]>([
    [
      'that was never started',
      { ...idleJob, loading: false },
      { title: 'Nothing imported yet', canStart: true, canRetry: false, hasFiles: false },
    ],
    [
      'that waits',
      batch({ phase: 'queued', isActive: true, children: none }),
      { title: 'Queued', detail: '20 waiting', percent: null, canCancel: true, hasFiles: true },
    ],
    [
      'that runs',
      running,
      {
        title: 'Running',
        detail: '17 done · 1 failed · 2 running',
        summary: 'Running. 17 done, 1 failed, 2 running',
        number: '90 %',
        canStart: false,
        canCancel: true,
        canRetry: false,
      },
    ],
    [
      'that was cut short',
      batch({ phase: 'cancelled', isDone: true, children: { ...none, done: 3, cancelled: 17 } }),
      { title: 'Cancelled', detail: '3 done · 17 cancelled', canStart: true, canRetry: true },
    ],
    [
      'of which one has failed',
      failed,
      { title: 'Failed', detail: '19 done · 1 failed', percent: 100, canRetry: true },
    ],
    [
      'that the server no longer has',
      batch({ phase: 'missing', isDone: true }),
      { detail: 'The server no longer has this batch.', hasFiles: false },
    ],
  ])('%s', (_, view, expected) => {
    expect(describeBatch(view, 0)).toMatchObject(expected)
  })

  it('has 20 files, one of them broken', () => {
    expect(batchFiles).toHaveLength(20)
    expect(batchFiles.filter(({ isBroken }) => isBroken)).toEqual([
      { file: 'users-07.csv', rows: expect.any(Number), isBroken: true },
    ])
    for (const { rows } of batchFiles) expect([rows >= 500, rows <= 1_500]).toEqual([true, true])
  })
})

describe('a file', () => {
  const file = (view: Partial<ListedJob['view']>): ListedJob => ({
    ...{ kind: 'job', id: '8', name: 'import_file', title: 'users-07.csv', tags: [], owner: null },
    view: { ...idleJob, jobId: '8', sync: live, loading: false, attempt: 1, ...view },
    cancel: async () => undefined,
    retry: async () => undefined,
  })

  it.each<[string, Partial<ListedJob['view']>, object]>([
    [
      'that runs',
      { phase: 'running', isActive: true, progress: 30, done: 300, total: 1_000, unit: 'rows' },
      { name: 'users-07.csv', detail: 'Running · 300 of 1,000 rows', button: 'Cancel' },
    ],
    [
      'that is done',
      { phase: 'succeeded', isDone: true, output: { rows: 1_000 } },
      { detail: 'Completed · 1,000 rows imported', button: '', url: undefined },
    ],
    [
      'that failed',
      { phase: 'failed', isDone: true, error: 'line 501 has no email' },
      { detail: 'Failed · line 501 has no email', button: 'Try again', canRetry: true },
    ],
  ])('%s', (_, view, expected) => {
    expect(describeFile(file(view), 0)).toMatchObject(expected)
  })

  it('the list leaves out the warning that the batch has', () => {
    const stale = { status: 'stale', since: 0, reason: 'network' } as const
    const list = { ...idleRuns, loading: false, runs: [file({})], sync: stale }
    const notice = 'As of 9 s ago: the connection is lost (network)'
    const noticeBeside = (view: View) =>
      describeFiles(list, describeBatch(view, 9_000), 9_000).notice
    expect(noticeBeside(failed)).toBe(notice)
    expect(noticeBeside({ ...running, sync: stale })).toBe('')
  })
})

describe('the announcement', () => {
  const before = batch({ ...running, children: { ...none, done: 16, running: 4 } })
  it.each<[string, View, View, string | null]>([
    ['a failure', before, running, 'Batch: 1 of 20 failed'],
    ['a file that is done', running, { ...running, progress: 95 }, null],
    ['an end', running, failed, 'Batch: Failed. 19 done, 1 failed'],
    ['a start', { ...idleJob, loading: false }, before, null],
    ['a batch that is tried again', failed, before, null],
    ['an end that was known', failed, { ...failed }, null],
    ['another batch', failed, { ...running, jobId: '9' }, null],
  ])('of %s', (_, before, after, expected) => {
    expect(batchAnnouncement(before, after)).toBe(expected)
  })
})
