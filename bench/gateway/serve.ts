import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { peers } from './peers/index.ts'

/*
 * A server in its own process. It sends its port, then follows orders.
 */

/** An order to the server. */
export type Order =
  | { type: 'memory' }
  /** Changes this many shared runs per turn, for a number of turns. */
  | { type: 'broadcast'; turns: number; runs: number }
  /** Changes the own runs of `perTurn` of `streams` streams per turn, for a number of turns. */
  | { type: 'unicast'; turns: number; streams: number; perTurn: number }

/** The result of an order. */
export interface Done {
  /** The start, in milliseconds of the clock that all processes share. */
  startedAt: number
  /** Processor time, in microseconds. */
  cpuMicros: number
  /** Resident memory, in bytes, after garbage collection. */
  memory: number
}

const create = peers[process.argv[2] ?? '']
if (!create) throw new Error(`There is no peer "${process.argv[2]}"`)
const peer = create(process.argv[3] ?? '')
const server = createServer(peer.listener)
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  process.send?.((server.address() as AddressInfo).port)
})
process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => void obey(order).then((done) => process.send?.(done)))

async function obey(order: Order): Promise<Done> {
  if (order.type === 'memory') await settle()
  const startedAt = now()
  const before = process.cpuUsage()
  if (order.type === 'broadcast') {
    for (let turn = 0; turn < order.turns; turn += 1) await peer.broadcast(order.runs)
  }
  if (order.type === 'unicast') {
    for (let turn = 0; turn < order.turns; turn += 1) {
      const first = turn * order.perTurn
      const streams = Array.from({ length: order.perTurn }, (_, n) => (first + n) % order.streams)
      await peer.unicast(streams)
    }
  }
  const { user, system } = process.cpuUsage(before)
  return { startedAt, cpuMicros: user + system, memory: process.memoryUsage.rss() }
}

/** Collects garbage until none is left. */
async function settle(): Promise<void> {
  for (let times = 0; times < 5; times += 1) {
    globalThis.gc?.()
    await wait(100)
  }
}

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
