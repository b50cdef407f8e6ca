import { randomUUID } from 'node:crypto'
import type { FoundStartable } from './app/find-startable.ts'
import type { AddOptions, GroupOptions } from './app/many-options.ts'
import { type NewChild, type Places, toNewChildren } from './groups/new-children.ts'
import { checkItems, isPlace, maxItems, mustBePlace } from './groups/read-items.ts'
import type { HttpContext } from './http/context.ts'
import { withKnownOutcome } from './http/known-outcome.ts'
import { groupIdOf } from './http/many.ts'
import { readRun } from './http/read-run.ts'
import { findOwn, ownKey } from './own-start.ts'
import { refuse } from './refusals/codes.ts'
import { wrongLabels } from './refusals/functions.ts'
import { groupClosed, notAGroup } from './refusals/groups.ts'
import { toLabels } from './runs/labels.ts'
import type { Run } from './runs/run-store.ts'

/** Starts a group from your own code, however many children it has. Resolves with its id. */
export async function startMany(
  context: HttpContext,
  what: unknown,
  argsList: readonly unknown[],
  { owner = null, key, title, tags, open = false, onFailure, label }: GroupOptions,
): Promise<string> {
  const { options, groups, handOver } = context
  const found = findOwn(context, what)
  const { name } = found
  const labels = toLabels({ title, tags })
  if (typeof labels === 'string') throw wrongLabels(labels)
  const all = await checkAll(found, argsList, label)
  const id = key === undefined ? randomUUID() : groupIdOf(context, owner, name, ownKey(owner, key))
  const run = { id, name, owner, idempotencyKey: key ?? null, labels }
  const isLater = all.length > maxItems
  const group = { ...run, isOpen: open || isLater, stops: onFailure === 'stop' }
  const first = toNewChildren(options, found, id, all.slice(0, maxItems), { from: 0 })
  await handOver.many(await withKnownOutcome(() => groups.start(group, first)))
  // A group that has ended meanwhile, with a failure or a cancellation, needs no more.
  if (isLater) await addAll(context, found, id, all, { from: 0, first: maxItems }, !open)
  return id
}

/** Adds children to a group, however many. Resolves with its state. */
export async function addMany(
  context: HttpContext,
  { id, name, engine }: Run,
  argsList: readonly unknown[],
  { from, close = false, label }: AddOptions,
): Promise<Run> {
  if (engine !== 'group') throw notAGroup(id)
  if (from !== undefined && !isPlace(from)) throw refuse('INVALID_ARGUMENT', `from ${mustBePlace}`)
  const found = findOwn(context, name)
  const all = await checkAll(found, argsList, label)
  // Behind all that are counted from 0, and behind those that were added before.
  const places = from === undefined ? { from: Date.now() * 1_000, series: randomUUID() } : { from }
  const isAdded = await addAll(context, found, id, all, { ...places, first: 0 }, close)
  if (!isAdded) throw groupClosed()
  return readRun(context, 'job', id)
}

/**
 * Adds the children from `first` on, in several transactions, and closes the group with the last.
 * Resolves with false once the group takes no more.
 */
async function addAll(
  { options, groups, handOver }: HttpContext,
  found: FoundStartable,
  id: string,
  all: readonly NewChild[],
  { from, first, series }: Places & { first: number },
  close: boolean,
): Promise<boolean> {
  for (let start = first; ; start += maxItems) {
    const part = all.slice(start, start + maxItems)
    const isLast = start + maxItems >= all.length
    const places = { from: from + start, ...(series !== undefined && { series }) }
    const children = toNewChildren(options, found, id, part, places)
    const tasks = await withKnownOutcome(() => groups.add(id, children, close && isLast))
    if (!tasks) return false
    await handOver.many(tasks)
    if (isLast) return true
  }
}

function checkAll(
  found: FoundStartable,
  argsList: readonly unknown[],
  label: GroupOptions['label'],
): Promise<NewChild[]> {
  return checkItems(
    found,
    argsList.map((args, index) => ({ args, ...label?.(args, index) })),
  )
}
