import type { Logger } from 'pino'
import {
  type Authorize,
  authorizeMs,
  isAllowed,
  notAllowed,
  type OwnedRun,
} from '../access/authorize.ts'
import type { Principal } from '../access/principal.ts'
import type { Sql } from '../app/query.ts'
import { toError } from '../describe-error.ts'
import { runNotFound } from '../refusals/runs.ts'
import { hasEnded, type Run } from '../runs/run-store.ts'
import { within } from '../within.ts'
import type { ListCursors } from './list-cursor.ts'
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
  cursors: ListCursors
  logger: Logger
}

/** A row as it is read. */
export interface ListRow
  extends Omit<ListedRun, 'tags' | 'ended'>,
    Pick<Run, 'readers' | 'status'> {
  tags: string[] | null
  at: string
}

/** What is read for a page. */
export interface ListRead {
  /** The runs of the page, and one more if there is one. */
  rows: ListRow[]
  /** The run whose children they are; `null`: they are nobody's, or it does not exist. */
  parent: OwnedRun | null
}

/** Reads a page. */
export async function readRows(
  sql: Sql,
  { hasAuth }: Pick<ListAccess, 'hasAuth'>,
  principal: Principal | null,
  filter: ListFilter,
): Promise<ListRead> {
  const [parent = null] =
    filter.parent === null
      ? []
      : await sql<OwnedRun>`select id, name, owner, readers from headway.run where id = ${filter.parent}`
  // The id of a run that an anonymous client has started is its key: admins alone get to see it.
  // Without authentication there is nobody to keep it from.
  const hidesAnonymous = hasAuth && !isAdmin(principal)
  const { parts, values } = toStatement(filter, ownersOf(principal, filter), hidesAnonymous)
  const template = Object.assign(parts, { raw: parts }) as unknown as TemplateStringsArray
  return { rows: await sql<ListRow>(template, ...values), parent }
}

/**
 * The page of what was read, without the runs that the caller may not read. Rejects with an {@link
 * HttpError} when the caller may not read the parent.
 */
export async function showRows(
  { authorize, cursors, logger }: ListAccess,
  principal: Principal | null,
  { limit, parent: parentId }: ListFilter,
  { rows, parent }: ListRead,
): Promise<RunList> {
  if (parentId !== null) {
    if (!parent) throw runNotFound('job', parentId, null)
    const asked = Promise.resolve(isAllowed(authorize, principal, parent, 'read'))
    if (!(await within(authorizeMs, asked, 'authorize'))) throw notAllowed(principal)
  }
  const page = rows.slice(0, limit)
  const areShown = await Promise.all(
    page.map(async (row) => {
      const may = isAllowed(authorize, principal, row, 'read')
      if (typeof may === 'boolean') return may
      return within(authorizeMs, may, 'authorize').catch((error: unknown) => {
        logger.warn({ err: toError(error), runId: row.id }, 'authorize failed: a list lacks a run')
        return false
      })
    }),
  )
  const last = page.at(-1)
  return {
    runs: page.filter((_, index) => areShown[index]).map(toListed),
    next: last && rows.length > limit ? cursors.write(last) : null,
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
 * The caller may ask for these runs: others' are for admins, and for those that `authorize` finds.
 */
export function mayList(
  { hasAuth, authorize }: Pick<ListAccess, 'hasAuth' | 'authorize'>,
  principal: Principal | null,
  filter: ListFilter,
): boolean {
  if (!hasAuth || authorize || isAdmin(principal) || filter.parent !== null) return true
  const owners = ownersOf(principal, filter)
  return owners !== 'everybody' && owners.id === (principal?.id ?? null)
}

function isAdmin(principal: Principal | null): boolean {
  return principal?.roles.includes('admin') === true
}

function toListed({ kind, id, name, title, tags, owner, status }: ListRow): ListedRun {
  return { kind, id, name, title, tags: tags ?? [], owner, ended: hasEnded({ kind, status }) }
}
