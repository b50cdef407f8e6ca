import { buildOrUndo } from '../../packages/gateway/src/teardown.ts'
import type { Database } from '../gateway/database.ts'
import { type Helper, start } from '../gateway/processes.ts'
import type { ClientsDone, ClientsOrder } from './clients.ts'
import { type MovingJobs, startJobs } from './moving-jobs.ts'
import type { ProxyDone, ProxyOrder } from './proxy.ts'
import { type Drops, shares } from './schedule.ts'
import type { Drain } from './serve.ts'

/** What a scenario is about. */
export interface Cast {
  peer: string
  clients: number
  /** A client stays at one server while the servers stay the same. */
  isPinned: boolean
  database: Database
}

/** A server in its own process. */
export interface Server {
  port: number
  /** Resolves when its clients are gone and the process has ended. */
  replace(overMs: number): Promise<void>
}

/** Jobs, servers, proxies and clients, all running: each client shows every job. */
export interface Stage {
  jobs: MovingJobs
  servers: Server[]
  /** The part of the jobs that all clients together showed at the start, 0 to 1. */
  shown: number
  startServer(): Promise<Server>
  /** From now on, new connections go to these servers. */
  route(servers: readonly Server[]): Promise<void>
  /** Cuts every client by this schedule. Resolves with the time at which all are back. */
  drop(drops: Drops): Promise<number>
  /** Waits until every client shows the end of every job, or until the time is up. */
  settle(withinMs: number): Promise<ClientsDone>
  stop(): Promise<void>
}

/** The longest wait until all clients show every job. */
const openWithinMs = 60_000

/** Servers and all others run on different processors. */
const [ofServers, ofOthers] = [0, 1] as const

/** Opens a stage with this number of servers. */
export function openStage(cast: Cast, servers: number): Promise<Stage> {
  const { peer, clients, isPinned, database } = cast
  return buildOrUndo(async ({ defer, run }) => {
    const startServer = async (): Promise<Server> => {
      const helper = start<Drain, number>('faults-serve.js', ofServers, peer, database.url)
      let stopping: Promise<void> | undefined
      const stop = (): Promise<void> => (stopping ??= helper.stop())
      defer(stop)
      const port = await helper.next()
      const replace = async (overMs: number): Promise<void> => {
        await helper.ask({ overMs })
        await stop()
      }
      return { port, replace }
    }
    const jobs = await startJobs(database.client, clients)
    defer(jobs.stop)
    const running: Server[] = []
    while (running.length < servers) running.push(await startServer())
    const groups = shares(clients).map((share) => {
      const proxy = start<ProxyOrder, ProxyDone>('faults-proxy.js', ofOthers)
      defer(proxy.stop)
      const group = start<ClientsOrder, ClientsDone>('faults-clients.js', ofOthers, peer)
      defer(group.stop)
      return { ...share, proxy, group }
    })
    const route = async (to: readonly Server[]): Promise<void> => {
      const ports = to.map(({ port }) => port)
      const order: ProxyOrder = { type: 'route', servers: ports, isPinned }
      await Promise.all(groups.map(({ proxy }) => proxy.ask(order)))
    }
    const ports = await Promise.all(groups.map(async ({ proxy }) => (await proxy.next()).port))
    await route(running)
    let shown = 0
    for (const [index, { first, clients: own, group }] of groups.entries()) {
      const port = ports[index] ?? 0
      const share = { port, first, clients: own, jobIds: jobs.ids, withinMs: openWithinMs }
      shown += (await group.ask({ type: 'open', ...share })).shown
    }
    return {
      jobs,
      servers: running,
      shown: shown / (clients * jobs.ids.length),
      startServer,
      route,
      async drop(drops) {
        const cutting = groups.map(({ proxy, first, clients: own }) =>
          proxy.ask({ type: 'drop', first, clients: own, of: clients, drops }),
        )
        return newest(await Promise.all(cutting))
      },
      async settle(withinMs) {
        return sum(
          await askAll(
            groups.map(({ group }) => group),
            { type: 'settle', withinMs },
          ),
        )
      },
      stop: run,
    }
  })
}

function askAll(
  groups: readonly Helper<ClientsOrder, ClientsDone>[],
  order: ClientsOrder,
): Promise<ClientsDone[]> {
  return Promise.all(groups.map((group) => group.ask(order)))
}

function newest(times: readonly { at: number }[]): number {
  return Math.max(...times.map(({ at }) => at))
}

function sum(groups: readonly ClientsDone[]): ClientsDone {
  const total = (of: (group: ClientsDone) => number): number =>
    groups.reduce((before, group) => before + of(group), 0)
  return {
    clients: total(({ clients }) => clients),
    shown: total(({ shown }) => shown),
    ends: total(({ ends }) => ends),
    backwards: total(({ backwards }) => backwards),
    unsteady: total(({ unsteady }) => unsteady),
    at: newest(groups),
    endedAt: (groups[0]?.endedAt ?? []).map((_, job) => {
      return groups.flatMap(({ endedAt }) => endedAt[job] ?? [])
    }),
  }
}
