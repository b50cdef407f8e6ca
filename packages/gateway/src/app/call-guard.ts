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
export type FoundFunction =
  | { kind: 'job'; definition: AnyJob }
  | { kind: 'workflow'; definition: AnyWorkflow }
  | { kind: 'query'; definition: AnyQuery }
  | { kind: 'mutation'; definition: AnyMutation }

/**
 * Checks every call: starts, retries, calls, registrations of queries, and starts within a
 * mutation. Nothing runs without passing here.
 */
export interface CallGuard {
  /**
   * The function of a name, when the asker may call it. Throws an {@link HttpError}; counts
   * nothing.
   */
  find(asker: Asker, name: string): FoundFunction
  /**
   * The same, and counts the call against its `rateLimit`.
   *
   * @param isAgain whether a start with the same key was made before: those are counted apart
   */
  admit(asker: Asker, name: string, isAgain?: () => Promise<boolean>): Promise<FoundFunction>
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
  const find: CallGuard['find'] = ({ principal }, name) => {
    if (!isFunctionName(name)) {
      throw invalidFunctionName()
    }
    const found = lookUp(definitions, name)
    if (!found) throw functionNotFound(name)
    checkMayCall(name, found.definition, principal, hasAuth)
    return found
  }
  return {
    find,
    async admit(asker, name, isAgain) {
      const found = find(asker, name)
      const { definition } = found
      if (definition.rateLimit) {
        await countCall(name, definition.rateLimit, asker, (await isAgain?.()) ?? false)
      }
      return found
    },
  }
}

function lookUp(
  { jobs, workflows, queries, mutations }: Definitions,
  name: string,
): FoundFunction | null {
  const job = ownMember(jobs, name)
  if (job) return { kind: 'job', definition: job }
  const workflow = ownMember(workflows, name)
  if (workflow) return { kind: 'workflow', definition: workflow }
  const query = ownMember(queries, name)
  if (query) return { kind: 'query', definition: query }
  const mutation = ownMember(mutations, name)
  return mutation ? { kind: 'mutation', definition: mutation } : null
}

function ownMember<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
