import { type Authorize, isAllowed } from '../access/authorize.ts'
import type { Principal } from '../access/principal.ts'
import type { Sql } from '../app/query.ts'
import { hasEnded, type Run } from '../runs/run-store.ts'
import { toCursor } from './list-cursor.ts'
import type { ListFilter } from './list-filter.ts'
import { type Owners, toStatement } from './list-statement.ts'

/** A run of a list, without its state. */
export type ListedRun = Pick<Run, 'kind' | 'id' | 'name' | 'owner'> & {
  title: string | null
  tags: string[]
  /** It has ended; a retry starts it again. */
  ended: boolean
}

/** One page of a list. @see PROTOCOL.md, "Lists" */
export interface RunList {
  runs: ListedRun[]
  /** The cursor of the next page; `null`: there are no more. */
  next: string | null
}

/** How a gateway decides who may see which run. */
export interface ListAccess {
  hasAuth: boolean
  authorize?: Authorize | undefined
}

/** A row as it is read. */
interface ListRow extends Omit<ListedRun, 'tags' | 'ended'>, Pick<Run, 'readers' | 'status'> {
  tags: string[] | null
  at: string
}

/** Reads a page. Of other users' runs it leaves out those that the caller may not read. */
export async function listRuns(
  sql: Sql,
  access: ListAccess,
  principal: Principal | null,
  filter: ListFilter,
): Promise<RunList> {
  const { parts, values } = toStatement(filter, ownersOf(principal, filter))
  const template = Object.assign(parts, { raw: parts }) as unknown as TemplateStringsArray
  const rows = await sql<ListRow>(template, ...values)
  const page = rows.slice(0, filter.limit)
  const areShown = await Promise.all(page.map((row) => isShown(access, principal, row)))
  const last = page.at(-1)
  return {
    runs: page.filter((_, index) => areShown[index]).map(toListed),
    next: last && rows.length > filter.limit ? toCursor(last) : null,
  }
}

/** Whose runs the caller wants to see. */
export function ownersOf(
  principal: Principal | null,
  { owner, anyOwner }: Pick<ListFilter, 'owner' | 'anyOwner'>,
): Owners {
  if (anyOwner) return 'everybody'
  return { id: owner ?? principal?.id ?? null }
}

/**
 * The id of a run that an anonymous client has started is its key: a list gives it to admins alone.
 * Without authentication there is nobody to keep it from.
 */
function isShown(
  { hasAuth, authorize }: ListAccess,
  principal: Principal | null,
  row: ListRow,
): boolean | Promise<boolean> {
  const isSecret = hasAuth && row.owner === null && !row.readers
  if (isSecret && !principal?.roles.includes('admin')) return false
  return isAllowed(authorize, principal, row, 'read')
}

function toListed({ kind, id, name, title, tags, owner, status }: ListRow): ListedRun {
  return { kind, id, name, title, tags: tags ?? [], owner, ended: hasEnded({ kind, status }) }
}
