import type { Sync } from '@headway/core'
import { formatAge } from './amount-text.ts'

/** After these nobody knows how long before the loss the last state came. */
const silent: ReadonlySet<string | null> = new Set(['silence', 'wake'])

/**
 * A warning when a view may be out of date, with its age; empty while it is live. Pure.
 *
 * @param now epoch milliseconds
 */
export function noticeOf({ status, reason, since }: Sync, now: number): string {
  switch (status) {
    case 'stale': {
      const age = silent.has(reason) ? 'May be out of date' : `As of ${formatAge(now - since)} ago`
      return `${age}: the connection is lost (${reason})`
    }
    case 'catching-up':
      return 'Catching up'
    case 'refused':
      return `The server does not let this page follow it (${reason})`
    case 'connecting':
      return reason ? `Not connected yet (${reason})` : 'Connecting'
    case 'live':
      return ''
  }
}
