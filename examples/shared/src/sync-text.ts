import type { Sync } from '@headway/core'

/** A warning when a view may be out of date; empty while it is live. Pure. */
export function noticeOf({ status, reason }: Sync): string {
  switch (status) {
    case 'stale':
      return `May be out of date: the connection is lost (${reason})`
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
