import { idleRuns, type JobRow, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { ended, job } from '../../test/support/views.ts'
import { newsOf } from './tray-news.ts'
import { actionsOf, mergeRows, titleOf, toSafeHref } from './tray-rows.ts'

const row = (id: string, fields: Partial<JobView<unknown>> = {}): JobRow<unknown> => ({
  ...{ kind: 'job', id, name: 'export_users', title: null, tags: [], owner: null },
  view: job({ jobId: id, ...fields }),
  cancel: () => Promise.resolve(),
  retry: () => Promise.resolve(),
})
const list = (...runs: JobRow<unknown>[]) => ({ ...idleRuns, runs })

describe('the rows', () => {
  it('are first those under way, and each is there once', () => {
    const rows = mergeRows(
      list(row('b', ended('succeeded')), row('a')),
      list(row('b', ended('succeeded')), row('c', ended('failed'))),
    )
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('have the title of the run, or its name in words', () => {
    expect(titleOf({ ...row('a'), title: 'Users' })).toBe('Users')
    expect(titleOf(row('a'))).toBe('export users')
  })
})

it.each([
  ['running', job(), { canCancel: true, canRetry: false, canDownload: false }],
  ['starting', job({ phase: 'starting' }), { canCancel: false }],
  ['cancelling', job({ phase: 'cancelling' }), { canCancel: false }],
  ['succeeded', job(ended('succeeded')), { canRetry: false, canDownload: true }],
  ['failed', job(ended('failed')), { canRetry: true, canDownload: false }],
  ['cancelled', job(ended('cancelled')), { canRetry: true }],
  ['missing', job(ended('missing')), { canCancel: false, canRetry: false }],
])('a run that is %s can be …', (_, view, actions) => {
  expect(actionsOf(view, true)).toMatchObject(actions)
})

it.each([
  ['/users.csv', 'https://app.test/users.csv'],
  ['https://files.test/a', 'https://files.test/a'],
  ['blob:https://app.test/1', 'blob:https://app.test/1'],
  ['javascript:alert(1)', null],
  ['data:text/html,a', null],
  ['http://', null],
  ['', null],
  [undefined, null],
])('the address %s becomes %s', (url, href) => {
  expect(toSafeHref(url, 'https://app.test/page')).toBe(href)
})

describe('what is new', () => {
  it('is a run that was seen under way, and has ended', () => {
    const { seen } = newsOf(new Map(), [row('a'), row('b')])
    const next = newsOf(seen, [row('a', ended('failed')), row('b'), row('c', ended('failed'))])
    expect(next.ended.map(({ row: { id } }) => id)).toEqual(['a'])
    expect(newsOf(next.seen, [row('a', ended('failed'))]).ended).toEqual([])
  })
})
