import type { ListFilter } from './list-filter.ts'

/** The owners of a list's runs: one user, nobody, or everybody. */
export type Owners = { id: string | null } | 'everybody'

/** The text of a statement between its values, and the values. */
export interface Statement {
  parts: string[]
  values: unknown[]
}

/** A condition with a `?` for each of its values. */
type Condition = [text: string, ...values: unknown[]]

const columns = 'select kind, id, name, title, tags, owner, readers, status'

/** The place of a run in a list, its order, and what comes after a place. */
const orders = {
  newest: {
    at: '(extract(epoch from created_at) * 1000000)::bigint',
    order: 'created_at desc, id desc',
    after: `(created_at, id) < (timestamptz 'epoch' + ?::float8 * interval '1 microsecond', ?::uuid)`,
  },
  children: {
    at: 'ordinal',
    order: 'ordinal, id',
    after: '(ordinal, id) > (?::bigint, ?::uuid)',
  },
}

/**
 * The statement that reads a page of a list, and one run more. Only the conditions that a filter
 * has are in it, so that PostgreSQL can choose the index for them. Pure.
 *
 * @param hidesAnonymous without the runs that anonymous clients have started
 */
export function toStatement(
  filter: ListFilter,
  owners: Owners,
  hidesAnonymous: boolean,
): Statement {
  const { kind, names, statuses, tag, parent, after, limit } = filter
  const order = parent === null ? orders.newest : orders.children
  const conditions: Condition[] = [isOneOf('parent', [parent])]
  if (parent !== null) {
    // Whoever may read the parent may list its children.
  } else if (owners !== 'everybody') conditions.push(isOneOf('owner', [owners.id]))
  else if (hidesAnonymous) conditions.push(['(owner is not null or readers is not null)'])
  if (kind) conditions.push(isOneOf('kind', [kind]))
  if (names) conditions.push(isOneOf('name', names))
  if (statuses) conditions.push(isOneOf('status', statuses))
  if (tag) conditions.push(['tags @> array[?]::text[]', tag])
  if (after) conditions.push([order.after, after.at, after.id])
  const texts = conditions.map(([text]) => text).join('\n   and ')
  return {
    parts: `${columns}, (${order.at})::text as at
  from headway.run
 where ${texts}
 order by ${order.order} limit ?`.split('?'),
    values: [...conditions.flatMap(([, ...values]) => values), limit + 1],
  }
}

/** With one value an index gives the order of the list, too. */
function isOneOf(column: string, words: readonly (string | null)[]): Condition {
  if (words.length > 1) return [`${column} = any(?::text[])`, words]
  const [word = null] = words
  return word === null ? [`${column} is null`] : [`${column} = ?`, word]
}
