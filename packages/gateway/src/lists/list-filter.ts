import {
  isRecord,
  isTerminalStatus,
  isTerminalWorkflowStatus,
  jobStatuses,
  workflowStatuses,
} from '@headway/core/protocol'
import { isFunctionName } from '../app/check-definitions.ts'
import type { Run } from '../runs/run-store.ts'
import { isUuid } from '../uuid.ts'
import type { ListCursors, ListPlace } from './list-cursor.ts'

/** The runs of a list. @see PROTOCOL.md, "Lists" */
export interface ListFilter {
  kind: Run['kind'] | null
  /** One of these; `null`: any. */
  names: readonly string[] | null
  /** One of these; `null`: any. */
  statuses: readonly string[] | null
  tag: string | null
  /** `null`: the caller's own, or everybody's. */
  owner: string | null
  anyOwner: boolean
  /** The run whose children it has; `null`: those that are nobody's child. */
  parent: string | null
  limit: number
  /** The run after which the page begins; `null`: the newest one is the first. */
  after: ListPlace | null
}

/** A member that does not fit, and why, as the end of a sentence. */
export interface FilterProblem {
  path: [string] | []
  message: string
}

const members = new Set('kind name status tag owner anyOwner parent limit cursor'.split(' '))
const [defaultLimit, maxLimit] = [20, 200]
const [maxWords, maxWordChars] = [50, 256]

/** `not_found` is only an answer about a missing run. */
const words = [...new Set<string>([...jobStatuses, ...workflowStatuses])].filter(
  (word) => word !== 'not_found',
)
const isEnd = (word: string): boolean => isTerminalStatus(word) || isTerminalWorkflowStatus(word)

/** The statuses that a word of a filter stands for. */
const statusesOf = new Map<string, readonly string[]>([
  ...words.map((word) => [word, [word]] as const),
  ['active', words.filter((word) => !isEnd(word))],
  ['ended', words.filter(isEnd)],
])

/** Reads a filter as it came. Pure. */
export function readFilter(
  given: unknown,
  cursors: Pick<ListCursors, 'read'>,
): ListFilter | FilterProblem {
  const filter = given ?? {}
  if (!isRecord(filter)) return { path: [], message: 'give an object, such as { limit: 20 }' }
  const unknown = Object.keys(filter).find((name) => !members.has(name))
  if (unknown !== undefined) return problem(unknown, `a filter has ${[...members].join(', ')}`)
  const { kind = null, name = null, status = null, tag = null, owner = null } = filter
  const { anyOwner = false, parent = null, limit = defaultLimit, cursor = null } = filter
  if (kind !== null && kind !== 'job' && kind !== 'workflow') {
    return problem('kind', 'give "job" or "workflow"')
  }
  const names = name === null ? null : toWords(name)
  if (names?.every(isFunctionName) === false) return problem('name', 'give one name, or a list')
  const statusWords = status === null ? null : toWords(status)
  const statuses = statusWords?.flatMap((word) => statusesOf.get(word) ?? [''])
  if (statuses?.includes('') || statuses?.length === 0) {
    return problem('status', `give one or several of ${[...statusesOf.keys()].join(', ')}`)
  }
  if (tag !== null && !isText(tag)) return problem('tag', 'give one tag')
  if (owner !== null && !isText(owner)) return problem('owner', 'give the id of a user')
  if (typeof anyOwner !== 'boolean') return problem('anyOwner', 'give true or false')
  if (owner !== null && anyOwner) return problem('owner', 'leave it out, or anyOwner')
  if (parent !== null && !(typeof parent === 'string' && isUuid(parent))) {
    return problem('parent', 'give the id of a run')
  }
  if (parent !== null && (owner !== null || anyOwner)) {
    return problem('parent', 'leave out owner and anyOwner: children are those of anybody')
  }
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > maxLimit) {
    return problem('limit', `give 1 to ${maxLimit}`)
  }
  const after = cursor === null ? null : cursors.read(cursor)
  if (cursor !== null && after === null) return problem('cursor', 'give the next of another page')
  return {
    kind,
    names,
    statuses: statuses ?? null,
    tag,
    owner,
    anyOwner,
    parent: parent?.toLowerCase() ?? null,
    limit: Number(limit),
    after,
  }
}

function problem(member: string, message: string): FilterProblem {
  return { path: [member], message }
}

/** One word or several; what is none of both is one that nothing has. */
function toWords(value: unknown): readonly string[] {
  const words = Array.isArray(value) ? value : [value]
  const isFit = words.length > 0 && words.length <= maxWords
  return isFit && words.every((word) => typeof word === 'string') ? words : ['']
}

function isText(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > maxWordChars) return false
  return value.isWellFormed() && !value.includes('\0')
}
