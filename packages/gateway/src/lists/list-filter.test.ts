import { expect, it } from 'vitest'
import { createListCursors } from './list-cursor.ts'
import { readFilter as read } from './list-filter.ts'

const id = '9c0c7a52-7d3e-4f7e-8f0f-1c2d3e4f5a6b'

const cursors = createListCursors(Buffer.alloc(32, 7))
const toCursor = cursors.write
const readFilter = (given: unknown) => read(given, cursors)

it('an empty filter is the newest runs of any kind', () => {
  const all = {
    kind: null,
    names: null,
    statuses: null,
    tag: null,
    owner: null,
    parent: null,
    after: null,
  }
  expect(readFilter(null)).toEqual({ ...all, anyOwner: false, limit: 20 })
  expect(readFilter({})).toEqual(readFilter(null))
})

it('a filter takes one word or several', () => {
  expect(readFilter({ name: 'export', status: 'failed' })).toMatchObject({
    names: ['export'],
    statuses: ['failed'],
  })
  expect(readFilter({ name: ['a', 'b'], status: ['failed', 'retry'] })).toMatchObject({
    names: ['a', 'b'],
    statuses: ['failed', 'retry'],
  })
})

it('`active` and `ended` are all statuses between them', () => {
  const statuses = (status: string) => {
    const filter = readFilter({ status })
    return 'statuses' in filter ? filter.statuses : null
  }
  expect(statuses('active')).toContain('compensating')
  expect(statuses('active')).not.toContain('failed')
  expect(statuses('ended')).toEqual(
    expect.arrayContaining(['completed', 'dead_letter', 'compensated']),
  )
  const both = [...(statuses('active') ?? []), ...(statuses('ended') ?? [])]
  expect(new Set(both).size).toBe(both.length)
})

it('a parent is the id of a run, as PostgreSQL writes it', () => {
  expect(readFilter({ parent: id.toUpperCase() })).toMatchObject({ parent: id, anyOwner: false })
})

it('a cursor is the place of a run, which only gateways can read', () => {
  const place = { at: '1796011767123456', id }
  const cursor = toCursor(place)
  expect(readFilter({ cursor })).toMatchObject({ after: place })
  expect(Buffer.from(cursor, 'base64url').toString()).not.toContain(id.slice(0, 8))
  expect(Buffer.from(cursor, 'base64url').toString('hex')).not.toContain(id.replaceAll('-', ''))
  expect(toCursor(place)).toBe(cursor)
  expect(
    readFilter({ cursor: `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}` }),
  ).toMatchObject({ path: ['cursor'] })
})

it.each([
  ['kind', { kind: 'query' }],
  ['name', { name: 'a name' }],
  ['name', { name: [] }],
  ['name', { name: Array(51).fill('a') }],
  ['name', { name: [7] }],
  ['status', { status: 'Failed' }],
  ['status', { status: [] }],
  ['tag', { tag: '' }],
  ['tag', { tag: ['july'] }],
  ['owner', { owner: 'a\0b' }],
  ['owner', { owner: 'ann', anyOwner: true }],
  ['anyOwner', { anyOwner: 'yes' }],
  ['parent', { parent: 'x' }],
  ['parent', { parent: id, owner: 'ann' }],
  ['parent', { parent: id, anyOwner: true }],
  ['limit', { limit: 0 }],
  ['limit', { limit: 201 }],
  ['limit', { limit: 1.5 }],
  ['limit', { limit: '20' }],
  ['cursor', { cursor: 'bm9uc2Vuc2U' }],
  ['cursor', { cursor: 7 }],
  ['cursor', { cursor: createListCursors(Buffer.alloc(32, 8)).write({ at: '1', id }) }],
  ['cursor', { cursor: toCursor({ at: '1', id: 'x' }) }],
  ['lable', { lable: 'july' }],
])('%s is refused in %o', (member, filter) => {
  expect(readFilter(filter)).toMatchObject({ path: [member] })
})

it.each([7, 'all', [{}]])('%o is no filter', (filter) => {
  expect(readFilter(filter)).toMatchObject({ path: [] })
})
