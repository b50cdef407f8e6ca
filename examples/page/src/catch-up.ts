import type { ConnectionState, Sync } from '@headway/core'

/*
 *   current ──a view is stale──► behind ──connected, and every view is live──► caught-up
 *      ▲                          │  ▲                                            │
 *      └── nothing is followed ───┘  └───────────────── a view is stale ──────────┘
 */

/** What a view shows, value by value: each value that changed counts as one update. */
export type Values = Readonly<Record<string, unknown>>

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
  /** `ms`: from the request that opened the stream until every view was live. */
  | { status: 'caught-up'; updates: number; ms: number }

/** The first state. */
export const current: CatchUp = { status: 'current' }

/** The state after a look. The same state if nothing changed. Pure and total. */
export function reduceCatchUp(state: CatchUp, look: Look): CatchUp {
  const { at, connection, followed } = look
  if (state.status !== 'behind') {
    const isLost = connection !== 'open' && followed.some(({ sync }) => sync === 'stale')
    if (!isLost) return state
    const before = new Map(followed.map(({ id, values }) => [id, values]))
    return reduceCatchUp({ status: 'behind', before, openingAt: null }, look)
  }
  if (followed.length === 0) return current
  const isTrying = connection === 'connecting' || connection === 'open'
  const openingAt = isTrying ? (state.openingAt ?? at) : null
  if (connection === 'open' && openingAt !== null && !followed.some(isLagging)) {
    return {
      status: 'caught-up',
      updates: countUpdates(state.before, followed),
      ms: at - openingAt,
    }
  }
  return openingAt === state.openingAt ? state : { ...state, openingAt }
}

function isLagging({ sync }: Followed): boolean {
  return sync === 'stale' || sync === 'catching-up' || sync === 'connecting'
}

/** Only of what was followed before the loss: the page has missed nothing of the rest. */
function countUpdates(before: ReadonlyMap<string, Values>, followed: readonly Followed[]): number {
  let updates = 0
  for (const { id, values } of followed) {
    const known = before.get(id)
    if (!known) continue
    for (const name of new Set([...Object.keys(known), ...Object.keys(values)])) {
      if (known[name] !== values[name]) updates += 1
    }
  }
  return updates
}

/** The state in words; empty unless the page has caught up. Pure. */
export function catchUpText(state: CatchUp): string {
  if (state.status !== 'caught-up') return ''
  const { updates, ms } = state
  const amount = updates === 1 ? '1 update' : `${updates} updates`
  return `Caught up: ${amount} in ${Math.max(1, Math.round(ms))} ms`
}
