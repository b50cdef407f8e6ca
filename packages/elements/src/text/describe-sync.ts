import type { AnyRunView } from '@headway/core/adapter'
import { fill } from './fill.ts'
import type { Language } from './language.ts'

/** After these nobody knows how long before the loss the last state came. */
const silent: ReadonlySet<string | null> = /* @__PURE__ */ new Set(['silence', 'wake'])

/**
 * Says if a run may be out of date. Empty while it is current, and when it has ended: an end stays
 * as it is. Pure.
 */
export function describeSync(
  { sync: { status, since, reason }, isActive, phase, loading }: AnyRunView,
  { messages, formats }: Language,
): string {
  if (status === 'live') return ''
  // Before the first answer, the phase says it already.
  if (status !== 'refused' && (!isActive || loading || phase === 'starting')) return ''
  return status === 'stale' && !silent.has(reason)
    ? fill(messages.staleSince, { time: formats.time(since) })
    : messages[status]
}
