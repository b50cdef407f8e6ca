import { createClient, defineWorkflow } from '@headway/core'
import { quantile } from './commit.ts'
import type { Database } from './database.ts'
import { start } from './processes.ts'
import { now } from './readers.ts'

/** What a process that executes workflows is told. */
export type WorkflowsOrder =
  | { type: 'execute'; workflows: number; steps: number }
  /** When did the steps of the workflow that was watched end? */
  | { type: 'times' }

/** What it says. */
export type WorkflowsDone = { type: 'executed'; ms: number } | { type: 'times'; endedAt: number[] }

/** Steps per second, of so many workflows at the same time. */
export async function measureSteps(
  peer: string,
  { url }: Database,
  workflows: number,
  steps: number,
): Promise<number> {
  const server = start<WorkflowsOrder, WorkflowsDone>('serve-workflows.js', 0, peer, url)
  await server.next()
  // What is slow only once is not what is measured.
  await server.ask({ type: 'execute', workflows: 50, steps })
  const done = await server.ask({ type: 'execute', workflows, steps })
  await server.stop()
  return done.type === 'executed' ? (workflows * steps) / (done.ms / 1_000) : Number.NaN
}

/** From the end of a step to a client that shows it, in milliseconds. */
export interface StepLatency {
  p50: number
  p99: number
}

/** One workflow of a hundred steps, its worker, gateway and client each in a process of its own. */
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
