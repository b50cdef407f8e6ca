import type { Database } from './database.ts'
import type { LoadDone, LoadOrder } from './load.ts'
import { type Helper, start } from './processes.ts'
import type { Done, Order } from './serve.ts'

/** What one server does, at some number of streams. */
export interface FanOut {
  /** Deliveries per second, from the first write to the last read. */
  broadcast: number
  burst: number
  unicast: number
  /** Processor time of the server per delivery of a broadcast, in microseconds. */
  cpuMicros: number
  /** Memory per stream with one registration that is idle, in bytes. */
  memory: number
}

/** About how many deliveries are counted. */
const deliveries = 200_000

/** Runs one server and its readers, each in a process and on a processor of its own. */
export async function measureFanOut(
  peer: string,
  streams: number,
  { url }: Database,
): Promise<FanOut> {
  const server = start<Order, Done | number>('serve.js', 0, peer, url)
  const load = start<LoadOrder, LoadDone>('load.js', 1)
  const port = Number(await server.next())
  // What is loaded and compiled on the way belongs to no stream.
  await load.ask({ type: 'open', port, streams: 500 })
  await load.ask({ type: 'register', isShared: false })
  await load.ask({ type: 'close' })
  const empty = await order(server, { type: 'memory' })
  await load.ask({ type: 'open', port, streams })
  await load.ask({ type: 'register', isShared: false })
  const full = await order(server, { type: 'memory' })

  const run = async (what: Order, events: number): Promise<{ rate: number; cpu: number }> => {
    await load.ask({ type: 'expect', events })
    const received = load.next()
    const done = await order(server, what)
    const { at } = await received
    return { rate: (events / (at - done.startedAt)) * 1_000, cpu: done.cpuMicros / events }
  }
  const perTurn = Math.min(256, streams)
  const unicastTurns = Math.ceil(deliveries / perTurn)
  const toOne: Order = { type: 'unicast', turns: unicastTurns, streams, perTurn }
  // What is compiled on the way is not what is measured.
  await run(
    { ...toOne, turns: Math.ceil(unicastTurns / 10) },
    Math.ceil(unicastTurns / 10) * perTurn,
  )
  const unicast = await run(toOne, unicastTurns * perTurn)
  await load.ask({ type: 'register', isShared: true })
  const turns = Math.ceil(deliveries / streams)
  await run(
    { type: 'broadcast', turns: Math.ceil(turns / 10), runs: 1 },
    Math.ceil(turns / 10) * streams,
  )
  const broadcast = await run({ type: 'broadcast', turns, runs: 1 }, turns * streams)
  const burst = await run({ type: 'broadcast', turns, runs: 16 }, turns * streams * 16)
  await Promise.all([server.stop(), load.stop()])
  return {
    broadcast: broadcast.rate,
    burst: burst.rate,
    unicast: unicast.rate,
    cpuMicros: broadcast.cpu,
    memory: (full.memory - empty.memory) / streams,
  }
}

async function order(server: Helper<Order, Done | number>, what: Order): Promise<Done> {
  return (await server.ask(what)) as Done
}
