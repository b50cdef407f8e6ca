import { createHash } from 'node:crypto'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Principal } from '../access/principal.ts'
import type { ServerQuery } from '../app/query.ts'
import { notOwner, tokenRequired } from '../refusals/access.ts'
import { type ListFilter, readFilter } from './list-filter.ts'
import {
  type ListAccess,
  type ListRead,
  mayList,
  ownersOf,
  type RunList,
  readRows,
  showRows,
} from './list-runs.ts'

/** The name of the query that every gateway answers. */
export const listName = 'headway.runs'

/** What a list depends on, in place of a table: the runs of everybody, or of one owner. */
const anyTopic = 'runs'
const topicOf = (owner: string): string => `${anyTopic} of ${owner}`

/** The topic of the children of a run. */
export const childrenOf = (parent: string): string => `${anyTopic} below ${parent}`

/** The topics that a change of a run belongs to, by the key of its owner in the notification. */
export const topicsOf = (owner: string): string[] => [topicOf(owner), anyTopic]

/** Tells a query of the gateway's own from one of the app, whatever members that has. */
export const ownMark: unique symbol = Symbol('headway')

/** A query of the gateway's own. */
export interface OwnQuery<TInput, TRead, TReturned> extends ServerQuery<TInput, TRead, unknown> {
  readonly [ownMark]: true
  /** What it depends on: it says itself when it has to run again. */
  topics(principal: Principal | null, input: TInput): string[]
  /** Makes the result of what was read, once the connection is given back. */
  show(principal: Principal | null, input: TInput, read: TRead): Promise<TReturned>
}

/** The list of runs as a query, which is watched like any other. @see PROTOCOL.md, "Lists" */
export function createRunsQuery(access: ListAccess): OwnQuery<ListFilter, ListRead, RunList> {
  const input: StandardSchemaV1<unknown, ListFilter> = {
    '~standard': {
      version: 1,
      vendor: 'headway',
      validate(given) {
        const filter = readFilter(given, access.cursors)
        return 'path' in filter ? { issues: [filter] } : { value: filter }
      },
    },
  }
  return {
    [ownMark]: true,
    kind: 'query',
    input,
    // Anonymous clients may list the children of their own runs.
    public: true,
    roles: [],
    rateLimit: null,
    async run({ sql, principal, input }) {
      if (access.hasAuth && !principal && input.parent === null) {
        throw tokenRequired(`Calling ${listName}`)
      }
      if (!mayList(access, principal, input)) throw notOwner()
      return readRows(sql, access, principal, input)
    },
    show: (principal, input, read) => showRows(access, principal, input, read),
    topics(principal, filter) {
      if (filter.parent !== null) return [childrenOf(filter.parent)]
      const owners = ownersOf(principal, filter)
      return [owners === 'everybody' ? anyTopic : topicOf(toKey(owners.id))]
    },
  }
}

/** An owner as the notifications of lists name it. */
function toKey(owner: string | null): string {
  return owner === null ? '' : createHash('sha256').update(owner).digest('hex')
}
