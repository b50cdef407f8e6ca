import type { Jobs, Workflows } from './api.ts'
import type { AnyJob } from './job.ts'
import type { AnyWorkflow } from './workflow.ts'

/** A job or a workflow of an app, with its name. */
export type FoundStartable = { name: string } & (
  | { kind: 'job'; definition: AnyJob }
  | { kind: 'workflow'; definition: AnyWorkflow }
)

/** The job or workflow of this definition, or of this name; `null`: the app has none. Pure. */
export function findStartable(
  { jobs, workflows }: { jobs: Jobs; workflows: Workflows },
  what: unknown,
): FoundStartable | null {
  const isIt = ([name, definition]: [string, unknown]): boolean =>
    definition === what || name === what
  const [job] = Object.entries(jobs).filter(isIt)
  if (job) return { kind: 'job', name: job[0], definition: job[1] }
  const [workflow] = Object.entries(workflows).filter(isIt)
  return workflow ? { kind: 'workflow', name: workflow[0], definition: workflow[1] } : null
}
