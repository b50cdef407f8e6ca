import pg from 'pg'
import { expect, it } from 'vitest'
import { isAnswerLost, isDatabaseAway, isDataFault, isPoolClosed, sqlStateOf } from './failures.ts'

/** An error as `pg` makes it of what PostgreSQL answers. */
function refused(code: string, message = 'no'): Error {
  return Object.assign(new pg.DatabaseError(message, 1, 'error'), { code })
}

/** An error as Node makes it of what the network answers. */
function failed(code: string, syscall = 'connect'): Error {
  return Object.assign(new Error(`${syscall} ${code} 127.0.0.1:5432`), { code, syscall })
}

it.each<[error: unknown, comesAgain: boolean, isAway: boolean]>([
  // PostgreSQL cannot hold the data.
  [refused('22P02'), true, false],
  [refused('22021'), true, false],
  [refused('23514'), true, false],
  [refused('21000'), true, false],
  [refused('54001', 'stack depth limit exceeded'), true, false],
  [new TypeError('Do not know how to serialize a BigInt'), true, false],
  [new RangeError('Invalid string length'), true, false],
  // The database is there, and refuses for a moment.
  [refused('40001'), false, true],
  [refused('40P01'), false, true],
  [refused('55P03'), false, true],
  [refused('25006'), false, true],
  [refused('53300'), false, true],
  [refused('3D000'), false, true],
  [refused('28P01'), false, true],
  [refused('55000', 'database "app" is not currently accepting connections'), false, true],
  [refused('54000', 'too many notifications in the NOTIFY queue'), false, true],
  // It refuses until an operator acts: a request fails, but an end is kept and written later.
  [refused('42501'), false, false],
  [refused('42P01'), false, false],
  [refused('XX000'), false, false],
  [refused('57014'), false, false],
  // The database is away.
  [failed('ECONNREFUSED'), false, true],
  [failed('ECONNRESET'), false, true],
  [failed('ENOTFOUND'), false, true],
  [failed('EPIPE'), false, true],
  [failed('ENETUNREACH'), false, true],
  [failed('ENETDOWN'), false, true],
  [failed('EADDRNOTAVAIL'), false, true],
  [failed('EMFILE'), false, true],
  [new Error('Query read timeout'), false, true],
  [new Error('Connection terminated unexpectedly'), false, true],
  [new Error('timeout exceeded when trying to connect'), false, true],
  ['no error at all', false, false],
])('%s: comes again %s, is away %s', (error, comesAgain, isAway) => {
  expect([isDataFault(error), isDatabaseAway(error)]).toEqual([comesAgain, isAway])
})

it.each([
  [refused('40001'), '40001'],
  [failed('EPIPE'), null],
  [failed('ECONNREFUSED'), null],
  [Object.assign(new Error(), { code: 40001 }), '40001'],
  [new Error(), null],
  [undefined, null],
])('%s has the SQLSTATE %s', (error, state) => {
  expect(sqlStateOf(error)).toBe(state)
})

it.each<[error: unknown, isLost: boolean]>([
  // It was lost with its connection.
  [failed('ECONNRESET', 'read'), true],
  [failed('ETIMEDOUT', 'read'), true],
  [failed('EHOSTUNREACH', 'read'), true],
  [failed('EPIPE', 'write'), true],
  [refused('57P01'), true],
  [refused('08P01', 'server conn crashed?'), true],
  [new Error('Connection terminated: silent for 35000 ms'), true],
  // There was never a connection, or it has an answer: no.
  [failed('ECONNREFUSED'), false],
  [failed('ETIMEDOUT'), false],
  [new Error('Connection terminated due to connection timeout'), false],
  [new Error('timeout exceeded when trying to connect'), false],
  [refused('57014'), false],
  [refused('40001'), false],
  [refused('53300'), false],
])('%s: the answer is lost %s', (error, isLost) => {
  expect(isAnswerLost(error)).toBe(isLost)
})

it('knows a pool that was closed', async () => {
  const pool = new pg.Pool()
  await pool.end()
  const error = await pool.query('select 1').catch((error: unknown) => error)
  expect(isPoolClosed(error)).toBe(true)
})
