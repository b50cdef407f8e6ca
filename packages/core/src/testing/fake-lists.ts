import {
  defaultListedRuns,
  type ListedRun,
  maxListedRuns,
  type RunsPage,
  type RunsRequest,
} from '../protocol/runs-page.ts'
import { isRefusal, type Refusal, refusals } from './fake-answers.ts'
import { hasEnded, type KnownRun } from './fake-runs.ts'

/** The lists of a fake gateway. It has one user, whose runs have no owner. */
export interface FakeLists {
  /** The result of the query `headway.runs`. */
  query(args: unknown): RunsPage | Refusal
  /** The answer of `GET /_api/runs`. */
  read(params: URLSearchParams): RunsPage | Refusal
}

/** @param all returns every run, the newest first */
export function createFakeLists(all: () => readonly KnownRun[]): FakeLists {
  const read = (args: unknown, toListed: (known: KnownRun) => ListedRun): RunsPage | Refusal => {
    const filter = readFilter(args ?? {})
    if (isRefusal(filter)) return filter
    const matching = all().filter((known) => isListed(known, filter))
    const { cursor, limit = defaultListedRuns } = filter
    const begin = cursor === undefined ? 0 : 1 + matching.findIndex(({ id }) => id === cursor)
    const page = matching.slice(begin, begin + limit)
    const next = matching.length > begin + limit ? (page.at(-1)?.id ?? null) : null
    return { runs: page.map(toListed), next }
  }
  return {
    query: (args) => read(args, toMember),
    read: (params) =>
      read(toArgs(params), (known) => ({ ...toMember(known), snapshot: known.run })),
  }
}

function toMember({ kind, id, name, title, tags, owner, run }: KnownRun): ListedRun {
  return { kind, id, name, title, tags, owner, ended: hasEnded(run) }
}

function isListed(
  { kind, name, tags, owner, run }: KnownRun,
  { kind: ofKind, name: names, status, tag, owner: ofOwner, anyOwner }: RunsRequest,
): boolean {
  const isOneOf = (given: string | readonly string[] | undefined, ...words: string[]): boolean =>
    given === undefined || words.some((word) => [given].flat().includes(word))
  return (
    isOneOf(ofKind, kind) &&
    isOneOf(names, name) &&
    isOneOf(status, run.status, hasEnded(run) ? 'ended' : 'active') &&
    isOneOf(tag, ...tags) &&
    (anyOwner === true || owner === (ofOwner ?? null))
  )
}

const isText = (value: unknown): boolean => typeof value === 'string'
const areTexts = (value: unknown): boolean =>
  isText(value) || (Array.isArray(value) && value.every(isText))
const isLimit = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maxListedRuns

/** What each member of a filter may be. */
const members: Record<keyof RunsRequest, (value: unknown) => boolean> = {
  kind: (value) => value === 'job' || value === 'workflow',
  name: areTexts,
  status: areTexts,
  tag: isText,
  owner: isText,
  anyOwner: (value) => typeof value === 'boolean',
  limit: isLimit,
  cursor: isText,
}

function readFilter(args: unknown): RunsRequest | Refusal {
  const given = Object.entries(args as object)
  const isValid = given.every(([name, value]) => members[name as keyof RunsRequest]?.(value))
  return isValid ? (args as RunsRequest) : refusals.badFilter
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
