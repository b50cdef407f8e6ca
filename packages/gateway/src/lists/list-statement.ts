import type { ListFilter } from './list-filter.ts'

/** Whose runs a list has: one user's, those of nobody, or everybody's. */
export type Owners = { id: string | null } | 'everybody'

/** The text of a statement between its values, and the values. */
export interface Statement {
  parts: string[]
  values: unknown[]
}

const columns = `select kind, id, name, title, tags, owner, readers, status,
       (extract(epoch from created_at) * 1000000)::bigint::text as at
  from headway.run
 where `

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
  const parts = [columns]
  const values: unknown[] = []
  let isFirst = true
  const add = (text: string, ...given: unknown[]): void => {
    const [head = '', ...others] = text.split('?')
    parts[parts.length - 1] += `${isFirst ? '' : '\n   and '}${head}`
    parts.push(...others)
    values.push(...given)
    isFirst = false
  }
  const { kind, names, statuses, tag, after, limit } = filter
  if (owners === 'everybody') add('true')
  else if (owners.id === null) add('owner is null')
  else add('owner = ?', owners.id)
  if (hidesAnonymous && owners === 'everybody') add('(owner is not null or readers is not null)')
  if (kind) add('kind = ?', kind)
  if (names?.length === 1) add('name = ?', names[0])
  else if (names) add('name = any(?::text[])', names)
  if (statuses?.length === 1) add('status = ?', statuses[0])
  else if (statuses) add('status = any(?::text[])', statuses)
  if (tag) add('tags @> array[?]::text[]', tag)
  if (after) {
    const at = "timestamptz 'epoch' + ?::float8 * interval '1 microsecond'"
    add(`(created_at, id) < (${at}, ?::uuid)`, after.at, after.id)
  }
  parts[parts.length - 1] += '\n order by created_at desc, id desc limit '
  parts.push('')
  values.push(limit + 1)
  return { parts, values }
}
