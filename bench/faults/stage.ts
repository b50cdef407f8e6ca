import { buildOrUndo } from '../../packages/gateway/src/teardown.ts'
import type { Database } from '../gateway/database.ts'
import { start } from '../gateway/processes.ts'
import { type Crowd, startCrowd } from './crowd.ts'
import { type MovingJobs, startJobs } from './moving-jobs.ts'
import type { Drain } from './serve.ts'

/** Who plays in a scenario. */
export interface Cast {
  peer: string
  clients: number
  /** A client stays at one server until that one is replaced. */
  isPinned: boolean
  database: Database
}

/** A server in its own process. */
export interface Server {
  port: number
  /** Lets its clients go, over this time if it can. Resolves when the process has ended. */
  retire(overMs: number): Promise<void>
}

/** Jobs, servers and clients, all running. */
export interface Stage {
  jobs: MovingJobs
  servers: readonly Server[]
  crowd: Crowd
  /** The part of the jobs that all clients together showed at the start, 0 to 1. */
  shown: number
  startServer(): Promise<Server>
  stop(): Promise<void>
}

/** The longest wait until the clients of one process show every job. */
const openWithinMs = 60_000
/** The clients have the other processor. */
const processor = 0

/** Opens a stage with this number of servers. */
export function openStage(cast: Cast, count: number): Promise<Stage> {
  const { peer, clients, database } = cast
  return buildOrUndo(async ({ defer, run }) => {
    const startServer = async (): Promise<Server> => {
      const helper = start<Drain, number>('faults-serve.js', processor, peer, database.url)
      let stopping: Promise<void> | undefined
      const stop = (): Promise<void> => {
        stopping ??= helper.stop()
        return stopping
      }
      defer(stop)
      return {
        port: await helper.next(),
        async retire(overMs) {
          await helper.ask({ overMs })
          await stop()
        },
      }
    }
    const jobs = await startJobs(database.client, clients)
    defer(jobs.stop)
    const servers: Server[] = []
    while (servers.length < count) servers.push(await startServer())
    const crowd = startCrowd(cast, defer)
    await crowd.route(servers.map(({ port }) => port))
    const shown = await crowd.open(jobs.ids, openWithinMs)
    return { jobs, servers, crowd, shown, startServer, stop: run }
  })
}
