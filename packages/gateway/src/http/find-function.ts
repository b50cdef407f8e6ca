import { checkMayCall } from '../access/may-call.ts'
import type { Asker } from '../access/principal.ts'
import { isFunctionName } from '../app/check-definitions.ts'
import type { AnyJob } from '../app/job.ts'
import type { AnyMutation } from '../app/mutation.ts'
import type { AnyQuery } from '../app/query.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import { HttpError } from '../errors.ts'
import type { HttpContext } from './context.ts'

/** What a name stands for. */
export type FoundFunction =
  | { kind: 'job'; definition: AnyJob }
  | { kind: 'workflow'; definition: AnyWorkflow }
  | { kind: 'query'; definition: AnyQuery }
  | { kind: 'mutation'; definition: AnyMutation }

/** What somebody may call under a name. Throws an {@link HttpError}: there is none, or it is not for them. */
export function findFunction(
  { options, authenticate }: HttpContext,
  { principal }: Asker,
  name: string,
): FoundFunction {
  if (!isFunctionName(name)) {
    throw new HttpError('A function is named by 1 to 256 of letters, digits, _ . : -', {
      status: 400,
      code: 'VALIDATION_ERROR',
    })
  }
  const found = lookUp(options, name)
  if (!found) {
    throw new HttpError(`There is no function ${name}`, { status: 404, code: 'NOT_FOUND' })
  }
  checkMayCall(name, found.definition, principal, authenticate !== null)
  return found
}

function lookUp(
  { jobs, workflows, queries, mutations }: HttpContext['options'],
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

/** What is defined under a name. */
export function ownMember<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
