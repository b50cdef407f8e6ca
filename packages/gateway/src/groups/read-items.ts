import { isRecord } from '@headway/core/protocol'
import type { FoundStartable } from '../app/find-startable.ts'
import { validate } from '../app/validate.ts'
import { itemsRefused, tooManyItems, wrongItems } from '../refusals/groups.ts'
import { toLabels } from '../runs/labels.ts'
import type { NewChild } from './new-children.ts'

/** The most children that are started together. */
export const maxItems = 1_000

/** The largest number of a child. All that begin there, or are added later, are whole numbers. */
const maxPlace = 2 ** 52

/** The value is a number that a child can have. */
export function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxPlace
}
export const mustBePlace: string = `must be a whole number, from 0 to ${maxPlace}`

/**
 * The children of a request, with their arguments checked. Throws an {@link HttpError} when one
 * does not fit.
 *
 * @see PROTOCOL.md, "Groups"
 */
export function readItems(found: FoundStartable, items: unknown): Promise<NewChild[]> {
  if (!Array.isArray(items)) throw wrongItems('must be a list')
  if (items.length > maxItems) throw tooManyItems(maxItems)
  const wrong = items.findIndex((item) => !isRecord(item))
  if (wrong !== -1) throw wrongItems(`must have objects: number ${wrong} is none`)
  return checkItems(found, items)
}

/** What a child is started with. */
export interface Item {
  args?: unknown
  title?: unknown
  tags?: unknown
}

/**
 * Children with their arguments checked. Rejects with an {@link HttpError} when one does not fit.
 */
export async function checkItems(
  { definition }: FoundStartable,
  items: readonly Item[],
): Promise<NewChild[]> {
  const children: NewChild[] = []
  for (const [index, item] of items.entries()) {
    const labels = toLabels({ title: item.title, tags: item.tags })
    if (typeof labels === 'string') throw itemsRefused(index, `: ${labels}`, [])
    const validated = await validate(definition.input, item.args ?? null)
    if (!('value' in validated)) throw itemsRefused(index, validated.message, validated.problems)
    children.push({ args: validated.value, labels })
  }
  return children
}
