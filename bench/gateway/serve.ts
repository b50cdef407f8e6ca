import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { peers } from './peers/index.ts'

/*
 * One server, in a process of its own: says its port, and then does what it is told to.
 */

/** What a server is told to do. */
export type Order =
  | { type: 'memory' }
  /** So often, this many shared runs in one turn. */
  | { type: 'broadcast'; turns: number; runs: number }
  /** So often, a turn in which `perTurn` of `streams` streams are told of their own run. */
  | { type: 'unicast'; turns: number; streams: number; perTurn: number }

/** What came of it. */
export interface Done {
  /** When it began, in milliseconds of the clock that all processes share. */
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

/** Until there is nothing left to collect. */
async function settle(): Promise<void> {
  for (let times = 0; times < 5; times += 1) {
    globalThis.gc?.()
    await wait(100)
  }
}

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
