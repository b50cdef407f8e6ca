import { createClient, defineWorkflow } from '@headway/core'
import { quantile } from './commit.ts'
import type { Database } from './database.ts'
import { start } from './processes.ts'
import { now } from './readers.ts'

/** An order to the process that executes workflows. */
export type WorkflowsOrder =
  | { type: 'execute'; workflows: number; steps: number }
  /** Asks for the times at which the steps of the watched workflow ended. */
  | { type: 'times' }

/** A message of that process. */
export type WorkflowsDone = { type: 'executed'; ms: number } | { type: 'times'; endedAt: number[] }

/** Steps per second, for a number of workflows that run at the same time. */
export async function measureSteps(
  peer: string,
  { url }: Database,
  workflows: number,
  steps: number,
): Promise<number> {
  const server = start<WorkflowsOrder, WorkflowsDone>('serve-workflows.js', 0, peer, url)
  await server.next()
  // The first run also compiles code, so it does not count.
  await server.ask({ type: 'execute', workflows: 50, steps })
  const done = await server.ask({ type: 'execute', workflows, steps })
  await server.stop()
  return done.type === 'executed' ? (workflows * steps) / (done.ms / 1_000) : Number.NaN
}

/** The time from the end of a step to a client that shows it, in milliseconds. */
export interface StepLatency {
  p50: number
  p99: number
}

/** One workflow of a hundred steps. Worker, gateway and client each have their own process. */
export async function measureTransitions({ url }: Database): Promise<StepLatency> {
  const worker = start<WorkflowsOrder, WorkflowsDone>('serve-workflows.js', 0, 'headway', url)
  await worker.next()
  const gateway = start<object, number>('serve-database.js', 0, 'headway', url)
  const client = createClient({
    url: `http://127.0.0.1:${await gateway.next()}`,
    everyUpdate: true,
  })
  const shownAt: number[] = []
  const handle = client.start(defineWorkflow<null, null>('watched'), null)
  handle.subscribe(() => {
    for (const { status } of handle.getSnapshot().steps.slice(shownAt.length)) {
      if (status !== 'completed') break
      shownAt.push(now())
    }
  })
  await handle.result
  client.close()
  const done = await worker.ask({ type: 'times' })
  await Promise.all([worker.stop(), gateway.stop()])
  const times =
    done.type === 'times' ? done.endedAt.map((at, step) => (shownAt[step] ?? at) - at) : []
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}
