import { createHash } from 'node:crypto'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Principal } from '../access/principal.ts'
import type { ServerQuery } from '../app/query.ts'
import { type ListFilter, readFilter } from './list-filter.ts'
import { type ListAccess, listRuns, ownersOf, type RunList } from './list-runs.ts'

/** The name of the query that every gateway answers. */
export const listName = 'headway.runs'

/** What a list depends on, in place of a table: the runs of everybody, or of one owner. */
const anyTopic = 'runs'
const topicOf = (owner: string): string => `${anyTopic} of ${owner}`

/** The topics that a change of a run belongs to, by the key of its owner in the notification. */
export const topicsOf = (owner: string): string[] => [topicOf(owner), anyTopic]

/** A query that says itself when it has to run again. */
export interface TopicQuery<TInput, TReturned> extends ServerQuery<TInput, TReturned, unknown> {
  topics(principal: Principal | null, input: TInput): string[]
}

const filterSchema: StandardSchemaV1<unknown, ListFilter> = {
  '~standard': {
    version: 1,
    vendor: 'headway',
    validate(given) {
      const filter = readFilter(given)
      return 'path' in filter ? { issues: [filter] } : { value: filter }
    },
  },
}

/** The list of runs as a query, which is watched like any other. @see PROTOCOL.md, "Lists" */
export function createRunsQuery(access: ListAccess): TopicQuery<ListFilter, RunList> {
  return {
    kind: 'query',
    input: filterSchema,
    public: false,
    roles: [],
    rateLimit: null,
    run: ({ sql, principal, input }) => listRuns(sql, access, principal, input),
    topics(principal, filter) {
      const owners = ownersOf(principal, filter)
      return [owners === 'everybody' ? anyTopic : topicOf(toKey(owners.id))]
    },
  }
}

/** An owner as the notifications of lists name it. */
function toKey(owner: string | null): string {
  return owner === null ? '' : createHash('md5').update(owner).digest('hex')
}
