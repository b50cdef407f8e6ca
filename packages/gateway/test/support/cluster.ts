import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { buildOrUndo, type Teardown } from '../../src/teardown.ts'
import { createTally } from './cluster-app.ts'
import { metricOf } from './pausable-stream.ts'
import { kill, startProcess } from './process.ts'

/** One gateway of a cluster. It keeps its address in each of its lives. */
export interface ClusterGateway {
  /** Its origin. */
  readonly url: string
  /** The number of streams that are open at it. */
  streams(): Promise<number>
  /** Sends its clients away and ends in order, as in a deploy. Then it starts again. */
  restart(): Promise<void>
  /** Ends at once (SIGKILL). */
  kill(): Promise<void>
  /** Starts again after {@link kill}. */
  start(): Promise<void>
  /** Stands still, and keeps its connections (SIGSTOP). */
  pause(): void
  /** Goes on after {@link pause} (SIGCONT). */
  resume(): void
}

/** Gateways and two workers on one database, each as a process of its own. */
export interface Cluster {
  readonly database: string
  readonly gateways: readonly ClusterGateway[]
  close(): Promise<void>
}

/** The size of a cluster. */
export interface ClusterOptions {
  database: string
  /** The number of gateways. */
  gateways: number
  /** The time that a step of a job takes, in milliseconds. Default 300. */
  paceMs?: number
}

/** The ping interval of the gateways: short, since clients wait for ten seconds more. */
export const pingSecs = 2

/** Starts a cluster. */
export function startCluster(options: ClusterOptions): Promise<Cluster> {
  return buildOrUndo((teardown) => buildCluster(options, teardown))
}

async function buildCluster(
  { database, gateways: count, paceMs = 300 }: ClusterOptions,
  teardown: Teardown,
): Promise<Cluster> {
  await createTally(database)
  const env = {
    DATABASE: database,
    PACE_MS: String(paceMs),
    PING_SECS: String(pingSecs),
    // DBOS uses what the driver will not support for ever, and each process would say so.
    NODE_OPTIONS: '--disable-warning=DeprecationWarning',
  }
  const startGateway = async (): Promise<ClusterGateway> => {
    let child: ChildProcess
    let port = '0'
    let url = ''
    const start = async (): Promise<void> => {
      const started = await startProcess('./cluster-gateway.ts', { ...env, PORT: port })
      child = started.child
      // By the address where it listens: a balancer need not look a name up.
      url = String(started.message).replace('localhost', '127.0.0.1')
      port = new URL(url).port
    }
    await start()
    teardown.defer(() => kill(child))
    return {
      url,
      streams: () => metricOf(url, 'headway_streams'),
      async restart() {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
        await start()
      },
      kill: () => kill(child),
      start,
      pause: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
    }
  }
  const startWorker = async (): Promise<void> => {
    const { child } = await startProcess('./cluster-worker.ts', env)
    teardown.defer(() => kill(child))
  }
  const [gateways] = await Promise.all([
    Promise.all(Array.from({ length: count }, startGateway)),
    ...Array.from({ length: 2 }, startWorker),
  ])
  return { database, gateways, close: teardown.run }
}
