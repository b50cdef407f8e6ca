import type { JobRow, JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { ended, job } from '../../test/support/views.ts'
import { leftBehind, remember } from './tray-memory.ts'
import { actionsOf, sortRows, titleOf, toSafeHref } from './tray-rows.ts'

const row = (id: string, fields: Partial<JobView<unknown>> = {}): JobRow<unknown> => ({
  ...{ kind: 'job', id, name: 'export_users', title: null, tags: [], owner: null },
  view: job({ jobId: id, ...fields }),
  cancel: () => Promise.resolve(),
  retry: () => Promise.resolve(),
})

describe('the rows', () => {
  it('are first those under way, then the last end, and each is there once', () => {
    const rows = sortRows([
      row('late', { ...ended('failed'), finishedAt: 1 }),
      row('a'),
      row('b', { ...ended('failed'), finishedAt: 5 }),
      row('late', { ...ended('failed'), finishedAt: 9 }),
    ])
    expect(rows.map(({ id }) => id)).toEqual(['a', 'late', 'b'])
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

describe('the memory', () => {
  const first = remember(new Map(), [row('a'), row('b'), row('old', ended('failed'))])

  it('tells who was seen under way, and has ended', () => {
    const rows = [row('a', ended('failed')), row('b'), row('old', ended('failed'))]
    const next = remember(first.memory, rows)
    expect(next.ended.map(({ id }) => id)).toEqual(['a'])
    expect(remember(next.memory, rows).ended).toEqual([])
  })

  it('keeps who was seen under way and has left the lists', () => {
    expect(leftBehind(first.memory, [row('b')]).map(({ id }) => id)).toEqual(['a'])
    const next = remember(first.memory, [row('a', ended('failed')), row('b')])
    expect(leftBehind(next.memory, []).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
