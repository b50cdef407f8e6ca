import type { ConnectionState, Sync } from '@headway/core'

/*
 *   current ──a view is stale──► behind ──connected, and every view is live──► caught-up
 *      ▲                          │  ▲                                            │
 *      ├── nothing is followed ───┘  └───────────────── a view is stale ──────────┤
 *      └────────────── the stream is lost, and no view is stale ──────────────────┘
 */

/** What a view shows, value by value: each value that changed counts as one update. */
export type Values = Readonly<Record<string, string | number | null>>

/** One thing that the page follows. */
export interface Followed {
  id: string
  sync: Sync['status']
  values: Values
}

/** What the page sees at one moment. */
export interface Look {
  /** Milliseconds, by a clock that is never set. */
  at: number
  connection: ConnectionState['status']
  followed: readonly Followed[]
}

/** How the page stands to the server's state. */
export type CatchUp =
  | { status: 'current' }
  /** `before`: the last values before the loss. `openingAt`: the begin of the current attempt. */
  | { status: 'behind'; before: ReadonlyMap<string, Values>; openingAt: number | null }
  /**
   * `updates`: the values that changed, in words. `ms`: from the request that opened the stream
   * until every view was live.
   */
  | { status: 'caught-up'; updates: readonly string[]; ms: number }

/** The first state. */
export const current: CatchUp = { status: 'current' }

/** The state after a look. The same state if nothing changed. Pure and total. */
export function reduceCatchUp(state: CatchUp, look: Look): CatchUp {
  const { at, connection, followed } = look
  if (state.status !== 'behind') {
    const isLost = connection !== 'open' && followed.some(({ sync }) => sync === 'stale')
    // The last catch-up is old news once another loss begins.
    if (!isLost) return connection === 'waiting' ? current : state
    const before = new Map(followed.map(({ id, values }) => [id, values]))
    return reduceCatchUp({ status: 'behind', before, openingAt: null }, look)
  }
  if (followed.length === 0) return current
  const isTrying = connection === 'connecting' || connection === 'open'
  const openingAt = isTrying ? (state.openingAt ?? at) : null
  if (connection === 'open' && openingAt !== null && !followed.some(isLagging)) {
    return {
      status: 'caught-up',
      updates: updatesSince(state.before, followed),
      ms: at - openingAt,
    }
  }
  return openingAt === state.openingAt ? state : { ...state, openingAt }
}

function isLagging({ sync }: Followed): boolean {
  return sync === 'stale' || sync === 'catching-up' || sync === 'connecting'
}

/** Only of what was followed before the loss: the page has missed nothing of the rest. */
function updatesSince(
  before: ReadonlyMap<string, Values>,
  followed: readonly Followed[],
): readonly string[] {
  return followed.flatMap(({ id, values }) => {
    const known = before.get(id)
    if (!known) return []
    const names = new Set([...Object.keys(known), ...Object.keys(values)])
    return [...names]
      .filter((name) => known[name] !== values[name])
      .map((name) => describe(name, known[name], values[name]))
  })
}

type Value = Values[string] | undefined

function describe(name: string, before: Value, after: Value): string {
  if (before === undefined) return `${name} is new`
  if (after === undefined) return `${name} is gone`
  return `${name} ${before ?? 'none'} to ${after ?? 'none'}`
}

/** The most updates that are listed in words. */
const mostListed = 5

/** The state in words: first how much and how fast, then the details. Pure. */
export function catchUpText(state: CatchUp): { summary: string; details: string } {
  if (state.status !== 'caught-up') return { summary: '', details: '' }
  const { updates, ms } = state
  const count = updates.length
  const amount = count === 1 ? '1 update' : `${count} updates`
  const listed = updates.slice(0, mostListed).join(', ')
  const rest = count > mostListed ? ` and ${count - mostListed} more` : ''
  return {
    summary: `Caught up: ${amount} in ${Math.max(1, Math.round(ms))} ms`,
    details: count === 0 ? '.' : `: ${listed}${rest}.`,
  }
}
