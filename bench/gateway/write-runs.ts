import pg from 'pg'
import { quantile } from './commit.ts'
import { now } from './readers.ts'

/*
 * Writers, in their own process. Each has a connection and a run, and changes that run as fast as
 * it can, until it is told to stop.
 */

/** An order to the writers. */
export type WritersOrder =
  | { type: 'write'; runIds: readonly string[]; isNotified: boolean }
  | { type: 'stop' }

/** The commits of all writers. */
export interface Written {
  perSecond: number
  /** The time of a commit, in milliseconds. */
  p50: number
  p99: number
}

const [database = ''] = process.argv.slice(2)
const notified = 'select headway.progress($1, $2, $3)'
/** The same change of the row, without its notification. */
const plain = `update headway.run set progress = $2, message = $3, updated_at = now(), revision = revision + 1
  where id = $1 and status in ('running', 'cancel_requested', 'waiting', 'compensating')`

let isOver = false
let times: number[] = []
let startedAt = 0
let writing: Promise<unknown> = Promise.resolve()

process.on('disconnect', () => process.exit())
process.on('message', (order: WritersOrder) => void obey(order))

async function obey(order: WritersOrder): Promise<void> {
  if (order.type === 'stop') {
    isOver = true
    const seconds = (now() - startedAt) / 1_000
    await writing
    const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)]
    return void process.send?.({ perSecond: times.length / seconds, p50, p99 } satisfies Written)
  }
  const clients = await Promise.all(order.runIds.map(connect))
  const text = order.isNotified ? notified : plain
  times = []
  startedAt = now()
  writing = Promise.all(
    order.runIds.map((runId, writer) => write(clients[writer] as pg.Client, runId, text)),
  )
  process.send?.('writing')
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  return client
}

async function write(client: pg.Client, runId: string, text: string): Promise<void> {
  for (let count = 0; !isOver; count += 1) {
    const askedAt = now()
    await client.query({ name: 'write', text, values: [runId, count % 100, `row ${count}`] })
    times.push(now() - askedAt)
  }
  await client.end()
}
