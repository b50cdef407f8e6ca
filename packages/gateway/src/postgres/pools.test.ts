import { type AddressInfo, createServer } from 'node:net'
import type pg from 'pg'
import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import { createTeardown } from '../teardown.ts'
import { inTransaction } from './in-transaction.ts'
import { openPool } from './pools.ts'

const logger = pino({ level: 'silent' })
const teardown = createTeardown()
afterEach(teardown.run)

// [PostgreSQL docs, Message Formats] the type, the length with itself, what it says.
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, body])
}

const authenticated = message('R', Buffer.alloc(4))
const ready = message('Z', Buffer.from('I'))
const completed = message('C', Buffer.from('SELECT 0\0'))
const terminated = message('E', Buffer.from('SFATAL\0C57P01\0Mterminated by an administrator\0\0'))

/** A server that answers each message with the next of these, and ends after the last. */
async function serve(...answers: Buffer[][]): Promise<string> {
  const server = createServer((socket) => {
    const left = [...answers]
    socket.on('error', () => undefined)
    socket.on('data', () => {
      socket.write(Buffer.concat(left.shift() ?? []))
      if (left.length === 0) socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  teardown.defer(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return `postgres://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/any`
}

/** A pool of one connection. */
function open(database: string): pg.Pool {
  const pool = openPool(database, logger, { max: 1, isPooled: true })
  teardown.defer(() => pool.end())
  return pool
}

it('lives through a connection that is lost in the very moment it is made', async () => {
  const pool = open(await serve([authenticated, ready, terminated]))
  const client = await pool.connect()
  await expect(client.query('select')).rejects.toThrow(/not queryable|terminated/)
  client.release()
  expect(pool.totalCount).toBe(0)
})

it('lives through one that is lost while it goes from one borrower to the next', async () => {
  const pool = open(await serve([authenticated, ready], [completed, ready, terminated]))
  const first = pool.query('select')
  const second = pool.connect()
  await first
  const client = await second
  await expect(client.query('select')).rejects.toThrow(/not queryable|terminated/)
  client.release()
  expect(pool.totalCount).toBe(0)
})

it('a transaction on one that is lost so fails, and does not say that it was done', async () => {
  const pool = open(await serve([authenticated, ready, terminated]))
  const options = { isReadOnly: false, timeoutSecs: 1 }
  await expect(inTransaction(pool, options, async () => 'done')).rejects.toThrow()
  expect(pool.totalCount).toBe(0)
})

it('a connection that is lost while the pool ends is no news', async () => {
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  const pool = openPool('postgres://somebody@127.0.0.1:1/any', log, { max: 1, isPooled: false })
  pool.emit('error', new Error('terminated'))
  expect(warnings).toHaveLength(1)
  const ended = pool.end()
  pool.emit('error', new Error('terminated'))
  await ended
  expect(warnings).toHaveLength(1)
})
