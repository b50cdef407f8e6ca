import { HeadwayError, idleJob, idleRuns, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { describeRun, describeRuns, type ExportRow, runsAnnouncement } from './runs-text.ts'

type View = JobView<{ downloadUrl: string; rows: number }>
const at = new Date(2026, 10, 25, 14, 3, 22).getTime()
const live = { status: 'live', since: 0, reason: null } as const
const stale = { status: 'stale', since: at, reason: 'network' } as const

const run = (
  fields: Partial<View>,
  title: string | null = 'Users as CSV',
  id = '7',
): ExportRow => ({
  kind: 'job',
  id,
  name: 'export_users',
  title,
  tags: [],
  owner: null,
  view: { ...idleJob, jobId: id, sync: live, loading: false, createdAt: at, ...fields },
  cancel: async () => undefined,
  retry: async () => undefined,
})
const running: Partial<View> = {
  phase: 'running',
  isActive: true,
  attempt: 1,
  progress: 40,
  message: 'row 20,000 of 50,000',
  startedAt: at + 2_000,
}
const succeeded: Partial<View> = {
  phase: 'succeeded',
  isDone: true,
  attempt: 1,
  progress: 100,
  output: { downloadUrl: '/exports/7.csv', rows: 50_000 },
  startedAt: at,
  finishedAt: at + 12_000,
}
const cancelled: Partial<View> = {
  phase: 'cancelled',
  isDone: true,
  error: 'cancelled',
  finishedAt: at + 1_000,
}
const later = at + 14_000

describe('a row', () => {
  it('that runs has its pace, its times and a button to cancel it', () => {
    const left = { remainingMs: 6_200, finishesAt: at }
    expect(describeRun(run(running), later, left)).toMatchObject({
      title: 'Users as CSV',
      detail: 'Running · row 20,000 of 50,000 · about 7 s left',
      number: '40 %',
      percent: 40,
      times: 'Started 14:03:22, for 12 s',
      name: 'Users as CSV of 14:03:22',
      button: 'Cancel',
      canCancel: true,
      canRetry: false,
      url: undefined,
    })
  })

  it.each<[string, Partial<View>, object]>([
    [
      'waits',
      { phase: 'queued', isActive: true },
      { detail: 'Queued · Waiting for a worker', times: 'Started 14:03:22' },
    ],
    [
      'is the next',
      { phase: 'queued', isActive: true, position: 1 },
      { detail: 'Queued · Next in the queue', button: 'Cancel' },
    ],
    [
      'waits behind others',
      { phase: 'queued', isActive: true, position: 3 },
      { detail: 'Queued · 2 before it' },
    ],
    [
      'is about to be cancelled',
      { ...running, phase: 'cancelling' },
      { button: 'Cancel', canCancel: false },
    ],
    [
      'is complete',
      succeeded,
      {
        detail: 'Completed · 50,000 rows written',
        times: 'Started 14:03:22, took 12 s',
        button: '',
        url: '/exports/7.csv',
      },
    ],
    [
      'was cancelled before it began',
      cancelled,
      { detail: 'Cancelled', times: 'Started 14:03:22', button: 'Try again', canRetry: true },
    ],
    [
      'failed',
      { phase: 'failed', isDone: true, attempt: 2, error: 'disk full' },
      { detail: 'Failed, attempt 2 · disk full', button: 'Try again' },
    ],
    ['is stale', { ...running, sync: stale }, { notice: '' }],
  ])('that %s', (_, fields, expected) => {
    expect(describeRun(run(fields), later, null)).toMatchObject(expected)
  })

  it('without a title, of another day', () => {
    const { title, name } = describeRun(run(succeeded, null), later + 24 * 3_600_000, null)
    expect(title).toBe('Export')
    expect(name).toBe('Export of 25 Nov, 14:03:22')
  })
})

describe('a list', () => {
  const list = { ...idleRuns, loading: false, sync: live }
  it.each<[string, object, object]>([
    ['loading', { loading: true }, { hint: 'Loading', notice: '' }],
    ['empty', {}, { hint: 'No exports yet: press Export.', notice: '' }],
    [
      'refused',
      { error: new HeadwayError('Sign in first') },
      { hint: 'The list cannot be loaded: Sign in first', notice: '' },
    ],
    [
      'stale',
      { runs: [run(running)], sync: stale },
      { hint: '', notice: 'As of 14 s ago: the connection is lost (network)' },
    ],
    ['long', { runs: [run(running)], hasMore: true }, { canShowMore: true }],
    [
      'asked for more',
      { runs: [run(running)], hasMore: true, loadingMore: true },
      { canShowMore: false },
    ],
  ])('%s', (_, fields, expected) => {
    expect(describeRuns({ ...list, ...fields }, later)).toMatchObject(expected)
  })
})

describe('the announcement', () => {
  const [one, two] = [run(running), run(running, 'Users as JSON', '8')]
  const announce = (after: ExportRow[], except?: string) =>
    runsAnnouncement([one, two], after, except, later)

  it.each<[string, ExportRow[], string | null]>([
    ['an end', [run(succeeded), two], 'Users as CSV of 14:03:22: Completed'],
    ['progress', [run({ ...running, progress: 41 }), two], null],
    ['a run that is new, and one that is gone', [run(running, null, '9'), two], null],
    ['two ends', [run(succeeded), run(cancelled, null, '8')], '2 exports changed'],
  ])('of %s', (_, after, expected) => {
    expect(announce(after)).toBe(expected)
  })

  it('of a run that runs again, but of none that is announced elsewhere', () => {
    const again = run({ phase: 'queued', isActive: true, attempt: 1 })
    expect(runsAnnouncement([run(cancelled)], [again], undefined, later)).toBe(
      'Users as CSV of 14:03:22: Queued',
    )
    expect(announce([run(succeeded), two], '7')).toBeNull()
  })
})
