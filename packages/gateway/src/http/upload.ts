import { nameAsker } from '../access/principal.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { pageNotProven } from '../refusals/access.ts'
import { takesNoFiles } from '../refusals/functions.ts'
import { callMutation } from './call-mutation.ts'
import type { CallAnswer } from './call-query.ts'
import type { RouteCall } from './route.ts'
import { parseArgs } from './rpc.ts'

/**
 * `POST /_api/rpc/{name}/upload`: calls a mutation that takes files. They are read only once the
 * caller is known to be allowed.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export async function upload(call: RouteCall): Promise<CallAnswer> {
  const { context, asker, request, params, place } = call
  const { name = '' } = params
  checkNotForged(request)
  const found = context.guard.find(asker, name)
  const { kind, definition } = found
  if (kind !== 'mutation' || !definition.files) {
    throw takesNoFiles(name)
  }
  await context.guard.count(asker, found)
  const rules = definition.files === true ? {} : definition.files
  return context.uploads.receive(request, nameAsker(asker), rules, async (args) =>
    callMutation(context, definition, asker, await parseArgs(definition, args), place),
  )
}

/** Headers that a page of another origin may send only after a preflight. */
const ownHeaders = ['x-forge-platform', 'x-forge-csrf']

/**
 * A page of any origin may send a form, with the cookies of its visitor. It may not send our
 * headers, or a bearer token, without a preflight. Browsers add other `Authorization` on their own,
 * such as `Basic`.
 */
function checkNotForged(request: ApiRequest): void {
  if (request.header('origin') === null) return
  if (ownHeaders.some((name) => request.header(name) !== null)) return
  if (request.header('authorization')?.startsWith('Bearer ')) return
  throw pageNotProven()
}
