import { checkMayCall } from '../access/may-call.ts'
import type { Asker } from '../access/principal.ts'
import type { CountCall } from '../access/rate-limits.ts'
import { functionNotFound, invalidFunctionName } from '../refusals/functions.ts'
import type { Jobs, Mutations, Queries, Workflows } from './api.ts'
import { isFunctionName } from './check-definitions.ts'
import type { AnyJob } from './job.ts'
import type { AnyMutation } from './mutation.ts'
import type { AnyQuery } from './query.ts'
import type { AnyWorkflow } from './workflow.ts'

/** The function that a name stands for. */
export type FoundFunction = { name: string } & (
  | { kind: 'job'; definition: AnyJob }
  | { kind: 'workflow'; definition: AnyWorkflow }
  | { kind: 'query'; definition: AnyQuery }
  | { kind: 'mutation'; definition: AnyMutation }
)

/**
 * Checks every call: starts, retries, calls, registrations of queries, and starts within a
 * mutation. Nothing runs without `find`.
 */
export interface CallGuard {
  /**
   * The function of a name, when the asker may call it. Throws an {@link HttpError}; counts
   * nothing.
   */
  find(asker: Asker, name: string): FoundFunction
  /**
   * Counts a call of a found function against its `rateLimit`. Rejects with an {@link HttpError}
   * when the asker has called it too often.
   *
   * @param isAgain whether a start with the same key was made before: those are counted apart.
   * Called only when there is a limit
   */
  count(asker: Asker, found: FoundFunction, isAgain?: () => Promise<boolean>): Promise<void>
}

/** The functions of a gateway. */
interface Definitions {
  jobs: Jobs
  workflows: Workflows
  queries: Queries
  mutations: Mutations
}

/** @param hasAuth without authentication every client may call every function */
export function createCallGuard(
  definitions: Definitions,
  hasAuth: boolean,
  countCall: CountCall,
): CallGuard {
  return {
    find({ principal }, name) {
      if (!isFunctionName(name)) {
        throw invalidFunctionName()
      }
      const found = lookUp(definitions, name)
      if (!found) throw functionNotFound(name)
      checkMayCall(name, found.definition, principal, hasAuth)
      return found
    },
    async count(asker, { name, definition: { rateLimit } }, isAgain) {
      if (rateLimit) await countCall(name, rateLimit, asker, (await isAgain?.()) ?? false)
    },
  }
}

function lookUp(
  { jobs, workflows, queries, mutations }: Definitions,
  name: string,
): FoundFunction | null {
  const job = ownMember(jobs, name)
  if (job) return { name, kind: 'job', definition: job }
  const workflow = ownMember(workflows, name)
  if (workflow) return { name, kind: 'workflow', definition: workflow }
  const query = ownMember(queries, name)
  if (query) return { name, kind: 'query', definition: query }
  const mutation = ownMember(mutations, name)
  return mutation ? { name, kind: 'mutation', definition: mutation } : null
}

function ownMember<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
