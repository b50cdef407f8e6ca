import { HeadwayError, idleQuery, type QueryView } from '@headway/core'
import { expect, it } from 'vitest'
import { describeExports } from './exports-text.ts'
import { type ListedExport, withoutExport } from './listed-export.ts'

type View = QueryView<ListedExport[]>
const at = new Date(2026, 10, 25, 14, 3, 22)
const listed: ListedExport = {
  id: '7',
  format: 'csv',
  rows: 50_000,
  bytes: 2_710_000,
  createdAt: at.toISOString(),
}
const live = { status: 'live', since: 0, reason: null } as const
const view = (fields: Partial<View>): View => ({
  ...idleQuery,
  sync: live,
  loading: false,
  ...fields,
})
const describe = (fields: Partial<View>) => describeExports(view(fields), at.getTime() + 3 * 60_000)

it('a row has its size, its age and a name for its buttons', () => {
  expect(describe({ data: [listed] })).toEqual({
    exports: [
      {
        id: '7',
        format: 'CSV',
        amount: '50,000 rows, 2.7 MB',
        when: '3 minutes ago',
        createdAt: listed.createdAt,
        url: '/exports/7.csv',
        name: 'CSV export of 14:03:22',
      },
    ],
    hint: '',
    notice: '',
  })
})

it.each<[string, Partial<View>, object]>([
  ['loading', { loading: true }, { hint: 'Loading', notice: '' }],
  ['empty', { data: [] }, { hint: 'No exports yet: press “Start an export”.' }],
  [
    'refused',
    { error: new HeadwayError('Sign in first') },
    { hint: 'The list cannot be loaded: Sign in first', notice: '' },
  ],
  [
    'stale',
    { data: [listed], sync: { status: 'stale', since: at.getTime(), reason: 'network' } },
    { hint: '', notice: 'As of 3 min ago: the connection is lost (network)' },
  ],
  [
    'failed since',
    { data: [listed], error: new HeadwayError('It took too long') },
    { hint: '', notice: 'May be out of date: It took too long' },
  ],
])('%s', (_, fields, expected) => {
  expect(describe(fields)).toMatchObject(expected)
})

it('withoutExport removes an export; an unknown id changes nothing', () => {
  expect(withoutExport([listed], '7')).toEqual([])
  expect(withoutExport([listed], '8')).toEqual([listed])
})
