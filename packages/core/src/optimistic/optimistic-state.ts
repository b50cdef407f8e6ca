import { isSameJson } from '../state/same-json.ts'

/*
 *   changed ──► sent ──confirmed──► confirmed ──based, expired──► gone
 *                 │                     │
 *                 └─ failed, or based on data with the change ─► gone
 */

/** A change of this page that the server may not show yet. */
export interface PendingChange<TChange> {
  id: number
  change: TChange
  /** The server has made it, so the next data replaces it. */
  isConfirmed: boolean
}

/** The server's data, and the changes to show on top of it, oldest first. */
export interface OptimisticState<TData, TChange> {
  /** `null` before the first data. */
  base: TData | null
  pending: readonly PendingChange<TChange>[]
}

/** The events of {@link reduceOptimistic}. */
export type OptimisticEvent<TData, TChange> =
  /** The query has new data. */
  | { type: 'based'; base: TData | null }
  | { type: 'changed'; id: number; change: TChange }
  /** The call of a change succeeded. */
  | { type: 'confirmed'; id: number }
  /** The call of a change failed. */
  | { type: 'failed'; id: number }
  /** No new data came for a while after the change was confirmed. */
  | { type: 'expired'; id: number }

/**
 * Returns the data with one change. If the data has the change already, return equal data: that is
 * the sign that the server shows it.
 */
export type Apply<TData, TChange> = (data: TData, change: TChange) => TData

/** The state after `event`; the same object if nothing changed. Pure and total. */
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

/** The server's data with all pending changes; `null` before the first data. */
export function shownBy<TData, TChange>(
  apply: Apply<TData, TChange>,
  { base, pending }: OptimisticState<TData, TChange>,
): TData | null {
  if (base === null) return null
  return pending.reduce<TData>((data, { change }) => apply(data, change), base)
}
