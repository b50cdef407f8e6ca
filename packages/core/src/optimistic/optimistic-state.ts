import { isSameJson } from '../state/same-json.ts'

/*
 *   changed ──► sent ──confirmed──► confirmed ──based, expired──► gone
 *                 │                     │
 *                 └─ failed, or based on what has it already ─► gone
 */

/** A change that was made here, and that the server may not show yet. */
export interface PendingChange<TChange> {
  id: number
  change: TChange
  /** The server has made it; what it shows next is what became of it. */
  isConfirmed: boolean
}

/** What the server shows, and what is to be shown on top of it, in the order in which it was changed. */
export interface OptimisticState<TData, TChange> {
  /** `null`: nothing is known yet. */
  base: TData | null
  pending: readonly PendingChange<TChange>[]
}

/** What can happen to it. */
export type OptimisticEvent<TData, TChange> =
  /** The server shows this now. */
  | { type: 'based'; base: TData | null }
  | { type: 'changed'; id: number; change: TChange }
  /** The server has made a change. */
  | { type: 'confirmed'; id: number }
  /** It has not: what it was meant to be is gone. */
  | { type: 'failed'; id: number }
  /** It was confirmed a while ago, and the server shows nothing new: it made no difference. */
  | { type: 'expired'; id: number }

/**
 * Data with one change. What has it already stays as it is, member by member: that is how it is known that
 * the server's data includes the change.
 */
export type Apply<TData, TChange> = (data: TData, change: TChange) => TData

/** What is known after `event`; the same state for no change. Pure and total. */
export function reduceOptimistic<TData, TChange>(
  apply: Apply<TData, TChange>,
  state: OptimisticState<TData, TChange>,
  event: OptimisticEvent<TData, TChange>,
): OptimisticState<TData, TChange> {
  const { base, pending } = state
  switch (event.type) {
    case 'based': {
      const next = event.base
      if (next === base) return state
      const isShown = ({ change, isConfirmed }: PendingChange<TChange>): boolean =>
        isConfirmed || (next !== null && isSameJson(apply(next, change), next))
      return { base: next, pending: pending.filter((one) => !isShown(one)) }
    }
    case 'changed':
      return {
        base,
        pending: [...pending, { id: event.id, change: event.change, isConfirmed: false }],
      }
    case 'confirmed':
      if (!pending.some(({ id }) => id === event.id)) return state
      return {
        base,
        pending: pending.map((one) => (one.id === event.id ? { ...one, isConfirmed: true } : one)),
      }
    case 'failed':
    case 'expired': {
      const left = pending.filter(({ id }) => id !== event.id)
      return left.length === pending.length ? state : { base, pending: left }
    }
  }
}

/** What is to be shown: what the server shows, with every change that it does not show yet. */
export function shownBy<TData, TChange>(
  apply: Apply<TData, TChange>,
  { base, pending }: OptimisticState<TData, TChange>,
): TData | null {
  if (base === null) return null
  return pending.reduce<TData>((data, { change }) => apply(data, change), base)
}
