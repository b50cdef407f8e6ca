import {
  defaultListedRuns,
  type ListedRun,
  maxListedRuns,
  type RunsPage,
  type RunsRequest,
} from '../protocol/runs-page.ts'
import { jobStatuses, workflowStatuses } from '../protocol/snapshots.ts'
import { badFilter, isRefusal, type Refusal } from './fake-answers.ts'
import type { FakeRun } from './fake-gateway-api.ts'
import { hasEnded, type KnownRun } from './fake-runs.ts'

/** The lists of a fake gateway. It has one user, whose runs have no owner. */
export interface FakeLists {
  /** The result of the query `headway.runs`. */
  query(args: unknown): RunsPage | Refusal
  /** The answer of `GET /_api/runs`. */
  read(params: URLSearchParams): RunsPage | Refusal
}

/**
 * @param all returns every run, the newest first
 * @param hasGroups false for a server that knows no `parent`
 */
export function createFakeLists(all: () => readonly KnownRun[], hasGroups: boolean): FakeLists {
  const read = (args: unknown, toListed: (known: KnownRun) => ListedRun): RunsPage | Refusal => {
    const filter = readFilter(args ?? {})
    if (isRefusal(filter)) return filter
    if (!hasGroups && filter.parent !== undefined) return badFilter('parent')
    const { cursor, limit = defaultListedRuns, parent } = filter
    // Children are in their order, other runs the newest first.
    const known = parent === undefined ? all() : [...all()].sort((a, b) => a.number - b.number)
    const matching = known.filter((run) => isListed(run, filter))
    const rest = cursor === undefined ? matching : matching.filter(isAfter(cursor, parent))
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return { runs: page.map(toListed), next: last && rest.length > limit ? toCursor(last) : null }
  }
  return {
    query: (args) => read(args, toMember),
    read: (params) =>
      read(toArgs(params), (known) => ({ ...toMember(known), ...withoutLargeOutput(known.run) })),
  }
}

function toMember({ kind, id, name, title, tags, owner, run }: KnownRun): ListedRun {
  return { kind, id, name, title, tags, owner, ended: hasEnded(run) }
}

/** The place of a run in the order of lists: it stays when the run is removed. */
function toCursor({ number, run }: KnownRun): string {
  return `${run.created_at ?? 0}:${number}`
}

function isAfter(cursor: string, parent: string | undefined): (known: KnownRun) => boolean {
  const [at = 0, last = 0] = cursor.split(':').map(Number)
  if (parent !== undefined) return ({ number }) => number > last
  return ({ number, run: { created_at = 0 } }) =>
    created_at < at || (created_at === at && number < last)
}

/** The largest output in a list, in bytes of JSON. */
const maxOutputBytes = 4_096

function withoutLargeOutput(run: FakeRun): { snapshot: FakeRun; large_output?: true } {
  const text = JSON.stringify(run.output) ?? ''
  if (new TextEncoder().encode(text).length <= maxOutputBytes) return { snapshot: run }
  return { snapshot: { ...run, output: null }, large_output: true }
}

function isListed(
  { kind, name, tags, owner, parent, run }: KnownRun,
  { kind: ofKind, name: names, status, tag, owner: ofOwner, anyOwner, parent: of }: RunsRequest,
): boolean {
  const isOneOf = (given: string | readonly string[] | undefined, ...words: string[]): boolean =>
    given === undefined || words.some((word) => [given].flat().includes(word))
  return (
    isOneOf(ofKind, kind) &&
    isOneOf(names, name) &&
    isOneOf(status, run.status, hasEnded(run) ? 'ended' : 'active') &&
    isOneOf(tag, ...tags) &&
    parent === (of ?? null) &&
    (anyOwner === true || of !== undefined || owner === (ofOwner ?? null))
  )
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const areTexts = (value: unknown): boolean =>
  isText(value) || (Array.isArray(value) && value.every(isText))
const statuses = new Set<unknown>([...jobStatuses, ...workflowStatuses, 'active', 'ended'])
const areStatuses = (value: unknown): boolean =>
  areTexts(value) && [value].flat().every((status) => statuses.has(status))
const isLimit = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maxListedRuns

/** The check of each member of a filter. */
const members: Record<keyof RunsRequest, (value: unknown) => boolean> = {
  kind: (value) => value === 'job' || value === 'workflow',
  name: areTexts,
  status: areStatuses,
  tag: isText,
  owner: isText,
  anyOwner: (value) => typeof value === 'boolean',
  parent: isText,
  limit: isLimit,
  cursor: (value) => isText(value) && /^-?[\d.]+:\d+$/.test(value),
}

function readFilter(args: unknown): RunsRequest | Refusal {
  const given = Object.entries(args as object)
  const wrong = given.find(([name, value]) => !members[name as keyof RunsRequest]?.(value))
  const filter = args as RunsRequest
  const isOfTwo = filter.parent !== undefined && (filter.owner ?? filter.anyOwner) !== undefined
  return wrong || isOfTwo ? badFilter(wrong?.[0] ?? 'parent') : filter
}

/** The filter in a URL. A member with several values is given several times. */
function toArgs(params: URLSearchParams): object {
  const toValue = (name: string): unknown => {
    const [value = '', ...others] = params.getAll(name)
    if (name === 'limit') return Number(value)
    if (name === 'anyOwner') return value === 'true' || (value === 'false' ? false : value)
    return others.length === 0 ? value : [value, ...others]
  }
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, toValue(name)]))
}
