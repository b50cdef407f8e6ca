import type { Database } from './database.ts'
import type { LoadDone, LoadOrder } from './load.ts'
import { start } from './processes.ts'
import type { Done, Order } from './serve.ts'

/** The results of one server in one slice of time. */
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

/** The slices of each server per round. Servers take turns, so that other load slows all alike. */
const slices = 10
/** The approximate number of deliveries per slice. */
const deliveries = 15_000

/** A server and its readers, each with its own process and processor. */
interface Stage {
  memory: number
  register(isShared: boolean): Promise<void>
  /** Does work that makes `events` events. */
  run(what: Order, events: number): Promise<{ rate: number; cpuMicros: number }>
  stop(): Promise<void>
}

/** Runs the servers side by side, one slice of each after the other. Returns each one's slices. */
export async function measureFanOut(
  peers: readonly string[],
  streams: number,
  database: Database,
): Promise<Map<string, FanOut[]>> {
  const stages = new Map<string, Stage>()
  for (const peer of peers) stages.set(peer, await openStage(peer, streams, database))
  const perTurn = Math.min(256, streams)
  const unicastTurns = Math.ceil(deliveries / perTurn)
  const turns = Math.ceil(deliveries / streams)
  const unicast = await takeTurns(
    stages,
    { type: 'unicast', turns: unicastTurns, streams, perTurn },
    unicastTurns * perTurn,
  )
  for (const stage of stages.values()) await stage.register(true)
  const broadcast = await takeTurns(stages, { type: 'broadcast', turns, runs: 1 }, turns * streams)
  const burst = await takeTurns(
    stages,
    { type: 'broadcast', turns, runs: 16 },
    turns * streams * 16,
  )
  for (const stage of stages.values()) await stage.stop()
  const sliceOf = (peer: string, { memory }: Stage, slice: number): FanOut => ({
    unicast: unicast.get(peer)?.[slice]?.rate ?? Number.NaN,
    broadcast: broadcast.get(peer)?.[slice]?.rate ?? Number.NaN,
    burst: burst.get(peer)?.[slice]?.rate ?? Number.NaN,
    cpuMicros: broadcast.get(peer)?.[slice]?.cpuMicros ?? Number.NaN,
    memory,
  })
  return new Map(
    [...stages].map(([peer, stage]) => [
      peer,
      Array.from({ length: slices }, (_, slice) => sliceOf(peer, stage, slice)),
    ]),
  )
}

type Rates = Map<string, { rate: number; cpuMicros: number }[]>

/** Runs the same work on every stage, slice after slice, in reverse every other time. */
async function takeTurns(stages: Map<string, Stage>, what: Order, events: number): Promise<Rates> {
  const rates: Rates = new Map([...stages.keys()].map((peer) => [peer, []]))
  // The first run also compiles code, so it does not count.
  for (const stage of stages.values()) await stage.run(what, events)
  for (let slice = 0; slice < slices; slice += 1) {
    const order = slice % 2 === 0 ? [...stages] : [...stages].reverse()
    for (const [peer, stage] of order) rates.get(peer)?.push(await stage.run(what, events))
  }
  return rates
}

async function openStage(peer: string, streams: number, { url }: Database): Promise<Stage> {
  const server = start<Order, Done | number>('serve.js', 0, peer, url)
  const load = start<LoadOrder, LoadDone>('load.js', 1)
  const port = Number(await server.next())
  const obey = async (order: Order): Promise<Done> => (await server.ask(order)) as Done
  // Code that loads on the way is not memory of a stream.
  await load.ask({ type: 'open', port, streams: 500 })
  await load.ask({ type: 'register', isShared: false })
  await load.ask({ type: 'close' })
  const empty = await obey({ type: 'memory' })
  await load.ask({ type: 'open', port, streams })
  await load.ask({ type: 'register', isShared: false })
  const full = await obey({ type: 'memory' })
  return {
    memory: (full.memory - empty.memory) / streams,
    async register(isShared) {
      await load.ask({ type: 'register', isShared })
    },
    async run(what, events) {
      await load.ask({ type: 'expect', events })
      const received = load.next()
      const { startedAt, cpuMicros } = await obey(what)
      const { at } = await received
      return { rate: (events / (at - startedAt)) * 1_000, cpuMicros: cpuMicros / events }
    },
    async stop() {
      await Promise.all([server.stop(), load.stop()])
    },
  }
}
