import { type Helper, start } from '../gateway/processes.ts'
import type { ClientsDone, ClientsOrder } from './clients.ts'
import type { ProxyDone, ProxyOrder } from './proxy.ts'
import { type Drops, shares } from './schedule.ts'

/** All clients of a stage with the proxies that they connect through, in processes of their own. */
export interface Crowd {
  /** From now on, new connections go to the servers on these ports. */
  route(ports: readonly number[]): Promise<void>
  /**
   * Opens all clients, one process after the other. Resolves once each client shows every job, or
   * when the time is up, with the part of the jobs that they show, 0 to 1.
   */
  open(jobIds: string[], withinMs: number): Promise<number>
  /** Cuts every client by this schedule. Resolves with the time at which all are back. */
  drop(drops: Drops): Promise<number>
  /** Waits until every client shows the end of every job, or until the time is up. */
  settle(withinMs: number): Promise<ClientsDone>
}

/** The clients of one process, and their proxy. */
interface Group {
  first: number
  clients: number
  proxy: Helper<ProxyOrder, ProxyDone>
  members: Helper<ClientsOrder, ClientsDone>
}

/** The clients have a processor of their own: they do the most work. */
const processor = 1
/** The proxies share the other one with the servers. */
const proxyProcessor = 0

/** Starts the processes of a crowd. `defer` gets what stops each. */
export function startCrowd(
  { peer, clients, isPinned }: { peer: string; clients: number; isPinned: boolean },
  defer: (stop: () => Promise<void>) => void,
): Crowd {
  const groups = shares(clients).map((share): Group => {
    const proxy = start<ProxyOrder, ProxyDone>('faults-proxy.js', proxyProcessor)
    defer(proxy.stop)
    const members = start<ClientsOrder, ClientsDone>('faults-clients.js', processor, peer)
    defer(members.stop)
    return { ...share, proxy, members }
  })
  // A proxy sends its port when it listens.
  const listening = Promise.all(groups.map(({ proxy }) => proxy.next()))
  return {
    async route(servers) {
      await listening
      const order: ProxyOrder = { type: 'route', servers: [...servers], isPinned }
      await Promise.all(groups.map(({ proxy }) => proxy.ask(order)))
    },
    async open(jobIds, withinMs) {
      const proxies = await listening
      let shown = 0
      for (const [index, { first, clients: own, members }] of groups.entries()) {
        const port = proxies[index]?.port ?? 0
        const order: ClientsOrder = { type: 'open', port, first, clients: own, jobIds, withinMs }
        shown += (await members.ask(order)).shown
      }
      return shown / (clients * jobIds.length)
    },
    async drop(drops) {
      const cutting = groups.map(({ proxy, first, clients: own }) =>
        proxy.ask({ type: 'drop', first, clients: own, of: clients, drops }),
      )
      return newest(await Promise.all(cutting))
    },
    async settle(withinMs) {
      const settling = groups.map(({ members }) => members.ask({ type: 'settle', withinMs }))
      return sum(await Promise.all(settling))
    },
  }
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
