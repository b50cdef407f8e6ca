import type { AnyRunView } from '@headway/core/adapter'
import { describeSync } from './describe-sync.ts'
import { fill } from './fill.ts'
import type { Language } from './language.ts'

/** A run in words and numbers. */
export interface RunText {
  /** Its phase, with the attempt from the second one on. */
  status: string
  /** Such as its message, its totals, or its error; empty for none. */
  detail: string
  /** Says if the view may be out of date; empty while it is current, and when the run has ended. */
  notice: string
  /** 0 to 100, whole; `null` while it is unknown. */
  percent: number | null
  /** The percentage to show; empty for none. */
  number: string
  /** All of it but the notice. */
  summary: string
}

/** A run in words and numbers. Pure. */
export function describeRun(view: AnyRunView, language: Language): RunText {
  const { formats } = language
  const { isActive, isDone, progress, phase } = view
  const status = statusOf(view, language)
  const detail = formats.list(detailsOf(view, language))
  const percent = percentOf(view)
  // If nothing was done, there is no progress, rather than one of 0 %.
  const isNothing = !isActive && !progress && phase !== 'succeeded'
  const number = percent === null || isNothing ? '' : formats.percent(percent)
  return {
    status,
    detail,
    notice: describeSync(view, language),
    percent,
    number,
    summary: formats.list([status, isDone ? '' : number, detail]),
  }
}

function statusOf(view: AnyRunView, { messages, formats }: Language): string {
  const { phase, attempt } = view
  if (isUnknown(view)) return messages.loading
  // A newer client may have other phases.
  const status = messages[phase] ?? phase
  if (attempt < 2 || phase === 'succeeded') return status
  return fill(messages.attempt, { status, attempt: formats.number(attempt) })
}

/** True for a run that is followed by its id, until the first answer. */
export function isUnknown({ loading, phase }: AnyRunView): boolean {
  return loading && phase !== 'starting'
}

function detailsOf(view: AnyRunView, { messages, formats }: Language): string[] {
  const { phase, isActive, error, position, done, total, unit, message } = view
  // Without a reason, the error of a cancelled run is just that word.
  if (!isActive || phase === 'retrying') return [error === phase ? '' : (error ?? '')]
  const counts = total === null ? messages.count : messages.counts
  return [
    position === null ? '' : fill(messages.position, { position: formats.number(position) }),
    done === null
      ? ''
      : fill(counts, { done: formats.number(done), total: formats.number(total ?? 0), unit }),
    message ?? '',
  ]
}

function percentOf({ phase, progress, isActive }: AnyRunView): number | null {
  if (phase === 'succeeded') return 100
  const hasNone = phase === 'starting' || phase === 'queued' || progress === null
  if (isActive && hasNone) return null
  return Math.floor(progress ?? 0)
}
