import { type Asker, nameAsker } from '../access/principal.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { pageNotProven } from '../refusals/access.ts'
import { takesNoFiles } from '../refusals/functions.ts'
import { callMutation } from './call-mutation.ts'
import type { CallAnswer } from './call-query.ts'
import type { HttpContext } from './context.ts'
import { parseArgs } from './rpc.ts'

/**
 * `POST /_api/rpc/{name}/upload`: calls a mutation that takes files. Nothing of them is read before it is known that
 * whoever sends them may.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export async function upload(
  context: HttpContext,
  asker: Asker,
  request: ApiRequest,
  name: string,
  place: AnswerPlace,
): Promise<CallAnswer> {
  checkNotForged(request)
  const { kind, definition } = context.door.find(asker, name)
  if (kind !== 'mutation' || !definition.files) {
    throw takesNoFiles(name)
  }
  await context.door.enter(asker, name)
  const rules = definition.files === true ? {} : definition.files
  return context.uploads.receive(request, nameAsker(asker), rules, async (args) =>
    callMutation(context, definition, asker, await parseArgs(definition, args), place),
  )
}

/** The headers that no page of another origin may send before the gateway has let it (a preflight). */
const ownHeaders = ['x-forge-platform', 'x-forge-csrf']

/**
 * A form is all that a page of any origin may send, with the cookies of whoever looks at it. What it may not send
 * unasked is a header of ours, or a token: browsers add other `Authorization` by themselves, such as `Basic`.
 */
function checkNotForged(request: ApiRequest): void {
  if (request.header('origin') === null) return
  if (ownHeaders.some((name) => request.header(name) !== null)) return
  if (request.header('authorization')?.startsWith('Bearer ')) return
  throw pageNotProven()
}
