import { expect, it } from 'vitest'
import { createTableReaders } from './table-readers.ts'

const readersOf = (readers: ReturnType<typeof createTableReaders<string>>, table: string) => [
  ...readers.of(table),
]

it('finds who reads a table, and says which tables are new to a reader', () => {
  const readers = createTableReaders<string>()
  for (const reader of ['ann', 'bob']) readers.add(reader, 'users')
  expect(readers.note('ann', ['1', '2'])).toBe(true)
  expect(readers.note('ann', ['2'])).toBe(false)
  expect(readers.note('bob', ['2'])).toBe(true)
  expect(readersOf(readers, '2')).toEqual(['ann', 'bob'])
  expect(readersOf(readers, '3')).toEqual([])
  readers.remove('ann')
  expect([readersOf(readers, '1'), readersOf(readers, '2')]).toEqual([[], ['bob']])
})

it('takes it that a query reads again what others of its name have read', () => {
  const readers = createTableReaders<string>()
  readers.add('ann', 'users')
  readers.note('ann', ['1'])
  readers.add('bob', 'users')
  readers.add('eve', 'teams')
  expect(readersOf(readers, '1')).toEqual(['ann', 'bob'])
  expect(readers.note('bob', ['1'])).toBe(false)
})

it('keeps nothing of a reader that had left before its run ended', () => {
  const readers = createTableReaders<string>()
  readers.add('ann', 'users')
  readers.remove('ann')
  expect(readers.note('ann', ['1'])).toBe(false)
  expect(readersOf(readers, '1')).toEqual([])
})

it('forgets all tables, and no reader', () => {
  const readers = createTableReaders<string>()
  readers.add('ann', 'users')
  readers.note('ann', ['1'])
  readers.forgetTables()
  readers.add('bob', 'users')
  expect(readersOf(readers, '1')).toEqual([])
  expect(readers.note('ann', ['1'])).toBe(true)
  expect(readersOf(readers, '1')).toEqual(['ann'])
})

it('a reader without a name starts with nothing, and gives nothing to others', () => {
  const readers = createTableReaders<string>()
  readers.add('ann', null)
  readers.note('ann', ['runs of ann'])
  readers.add('bob', null)
  readers.note('bob', ['runs of bob'])
  expect([...readers.of('runs of ann')]).toEqual(['ann'])
  expect([...readers.of('runs of bob')]).toEqual(['bob'])
})
