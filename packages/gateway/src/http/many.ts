import { randomUUID } from 'node:crypto'
import { type FoundStartable, findStartable } from '../app/find-startable.ts'
import { toNewChildren } from '../groups/new-children.ts'
import { isPlace, maxItems, mustBePlace, readItems } from '../groups/read-items.ts'
import { functionNotFound } from '../refusals/functions.ts'
import { groupClosed, notAGroup } from '../refusals/groups.ts'
import { wrongMember } from '../refusals/requests.ts'
import { noLabels } from '../runs/labels.ts'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'
import { readRun } from './read-run.ts'
import type { RouteCall } from './route.ts'
import { checkKey, readIdempotencyKey, readLabels } from './rpc.ts'
import { findRun } from './runs.ts'

/**
 * `POST /_api/rpc/{name}/many`: starts a group, and resolves with its id.
 *
 * @see PROTOCOL.md, "Groups"
 */
export async function startMany(call: RouteCall): Promise<string> {
  const { context, asker, request, params } = call
  const body = await call.readBody()
  const key = readIdempotencyKey(request)
  const found = findFunction(context, call, params.name ?? '')
  const owner = asker.principal?.id ?? null
  if (key !== null) checkKey(context, owner, key)
  const id = key === null ? randomUUID() : groupIdOf(context, owner, found.name, key)
  // A repetition starts nothing, so that all of its items count as such.
  const isAgain = async () => {
    const isThere = (await context.store.read([id])).has(id)
    return () => isThere
  }
  await countItems(call, found, body.items, isAgain)
  const items = await readItems(found, body.items)
  const group = {
    id,
    name: found.name,
    owner,
    idempotencyKey: key,
    labels: readLabels(body),
    isOpen: readFlag(body, 'open'),
    stops: readOnFailure(body) === 'stop',
  }
  const children = toNewChildren(context.options, found, id, items, { from: 0 })
  const tasks = await withKnownOutcome(() => context.groups.start(group, children))
  await context.handOver.many(tasks)
  return id
}

/** `POST /_api/jobs/{id}/children`: adds children to a group, and resolves with its state. */
export async function addChildren(call: RouteCall): Promise<Run> {
  const { context, asker, params } = call
  const body = await call.readBody()
  const group = await findRun(context, asker, 'job', params.id ?? '', 'cancel')
  if (group.engine !== 'group') throw notAGroup(group.id)
  const found = findFunction(context, call, group.name)
  const from = readFrom(body)
  const given = body.items ?? []
  const isAgain = async (count: number) => {
    const unread = Array.from({ length: count }, () => ({ args: null, labels: noLabels }))
    const { items } = toNewChildren(context.options, found, group.id, unread, { from })
    const there = await context.store.read(items.map(({ id }) => id))
    return (index: number) => there.has(items[index]?.id ?? '')
  }
  const closesOnly = Array.isArray(given) && given.length === 0
  if (!closesOnly) await countItems(call, found, given, isAgain)
  const items = await readItems(found, given)
  const children = toNewChildren(context.options, found, group.id, items, { from })
  const close = readFlag(body, 'close')
  const tasks = await withKnownOutcome(() => context.groups.add(group.id, children, close))
  if (!tasks) throw groupClosed()
  await context.handOver.many(tasks)
  return readRun(context, 'job', group.id)
}

/** The group of a key: another one than a single run of the function under that key. */
export function groupIdOf(
  { startIds, options }: Pick<HttpContext, 'startIds' | 'options'>,
  owner: string | null,
  name: string,
  key: string,
): string {
  // No function has a name with this sign.
  return startIds.idOf(owner, `${name}/many`, key, options.engine.queue)
}

function findFunction(
  { guard, options }: HttpContext,
  call: RouteCall,
  name: string,
): FoundStartable {
  const { kind } = guard.find(call.asker, name)
  const found = kind === 'job' || kind === 'workflow' ? findStartable(options, name) : null
  if (found) return found
  throw functionNotFound(name)
}

/**
 * Each item counts as one call; a group of none, too.
 *
 * @param isAgain reads which of so many items were started before
 */
async function countItems(
  { context: { guard }, asker }: RouteCall,
  { name, definition }: FoundStartable,
  items: unknown,
  isAgain: (count: number) => Promise<(index: number) => boolean>,
): Promise<void> {
  if (!definition.rateLimit || !Array.isArray(items)) return
  const found = guard.find(asker, name)
  const count = Math.min(Math.max(1, items.length), maxItems)
  const isAgainAt = await isAgain(count)
  for (let index = 0; index < count; index += 1) {
    await guard.count(asker, found, async () => isAgainAt(index))
  }
}

function readFlag(body: Record<string, unknown>, name: string): boolean {
  const { [name]: flag = false } = body
  if (typeof flag === 'boolean') return flag
  throw wrongMember(name, 'must be true or false')
}

function readFrom({ from = 0 }: Record<string, unknown>): number {
  if (isPlace(from)) return from
  throw wrongMember('from', mustBePlace)
}

function readOnFailure({ on_failure = 'continue' }: Record<string, unknown>): 'continue' | 'stop' {
  if (on_failure === 'continue' || on_failure === 'stop') return on_failure
  throw wrongMember('on_failure', 'must be "continue" or "stop"')
}
