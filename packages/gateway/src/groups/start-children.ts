import type { Jobs, Workflows } from '../app/api.ts'
import { type FoundStartable, findStartable } from '../app/find-startable.ts'
import type { ChildrenOptions } from '../app/many-options.ts'
import type { HandOver } from '../runs/hand-over.ts'
import type { GroupRecorder, RunningJob } from './group-recorder.ts'
import { type Engines, toNewChildren } from './new-children.ts'
import { checkItems, maxItems } from './read-items.ts'

/** The parts that start children of a job that runs. */
export interface StartChildrenTools {
  app: Engines & { jobs: Jobs; workflows: Workflows }
  groups: Pick<GroupRecorder, 'startBelow'>
  handOver: Pick<HandOver, 'many'>
}

/** Starts children of an attempt of a job. */
export type StartBelow = (
  job: RunningJob,
  /** Counts the calls of the attempt, from 0. */
  call: number,
  what: unknown,
  argsList: readonly unknown[],
  options: ChildrenOptions,
) => Promise<void>

/** The room for the children of one call, in the order of all children of a run. */
const ordinalsOfCall = 2 ** 32

/**
 * Starts children of jobs. Their ids follow from the job, the call and their place, so that another
 * attempt starts none of them twice. Rejects when the job is to stop, and when arguments do not
 * fit.
 */
export function createStartBelow({ app, groups, handOver }: StartChildrenTools): StartBelow {
  return async (job, call, what, argsList, { key = String(call), onFailure, label }) => {
    const found = find(app, what)
    const items = argsList.map((args, index) => ({ args, ...label?.(args, index) }))
    const all = await checkItems(found, items)
    for (let first = 0; first < all.length; first += maxItems) {
      const places = { from: call * ordinalsOfCall + first, first, series: key }
      const part = all.slice(first, first + maxItems)
      const children = toNewChildren(app, found, job.id, part, places)
      const tasks = await groups.startBelow(job, children, onFailure === 'stop')
      if (!tasks) throw new Error('No more children start: one has failed, or the job is to stop')
      // A queue of another program is the gateways' to add to: they do so soon.
      if (found.kind === 'workflow' || !found.definition.queue) await handOver.many(tasks)
    }
  }
}

function find(app: StartChildrenTools['app'], what: unknown): FoundStartable {
  const found = findStartable(app, what)
  if (found) return found
  throw new TypeError(
    'startChildren() takes a job or workflow of this worker: add this one to its options',
  )
}
