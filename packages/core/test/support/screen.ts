import {
  type AnyRunView,
  createRuns,
  createSlot,
  type RunActions,
  type RunCallbacks,
} from '../../src/adapter/index.ts'
import type { Client, JobDefinition } from '../../src/index.ts'

/** The core of a component in any framework: it starts a job and shows its view. */
export function showJob(
  client: Client,
  job: JobDefinition<never, unknown>,
  callbacks: RunCallbacks<AnyRunView, unknown> = {},
): Pick<RunActions<unknown, unknown>, 'start'> & { view(): AnyRunView } {
  const runs = createRuns(client, job, callbacks)
  const slot = createSlot(runs, undefined, undefined)
  const { start } = runs.actions(() => slot.get(undefined), slot.set)
  return { start, view: () => slot.get(undefined).getSnapshot() }
}
