import { isRecord } from '@headway/core/protocol'
import { boundText } from '../bound-text.ts'
import { describeError } from '../describe-error.ts'
import { toMessage, toPercent } from './output.ts'

/** A report of a run's progress. It is whole: it replaces all of the last one. */
export interface Report extends Counted {
  /** 0 to 100; `null`: unknown; `undefined`: as it was. */
  percent: number | null | undefined
  message: string | null
}

/** How much is done; `null` if that is not counted, or not known. */
export interface Counted {
  done: number | null
  total: number | null
  unit: string | null
}

/** Nothing is counted. */
export const uncounted: Counted = { done: null, total: null, unit: null }

/** The maximum length of a unit, in UTF-16 units. */
const maxUnitChars = 32

/**
 * The arguments of `progress()` as a report: a percentage and a message, or how much is done. They
 * may be any values, since callers may have no types: a report never fails its run. Values that
 * cannot be shown are passed to `refuse`.
 */
export function toReport(first: unknown, message: unknown, refuse: (why: string) => void): Report {
  if (!isRecord(first)) {
    const percent = first === null ? null : toPercent(first)
    return { percent, ...uncounted, message: toMessage(message, refuse) }
  }
  const members = readMembers(first, refuse)
  const counted = toCounted(members, refuse)
  return { percent: percentOf(counted), ...counted, message: toMessage(members.message, refuse) }
}

/** The members of a report, of which a getter may throw. */
function readMembers(
  report: Record<string, unknown>,
  refuse: (why: string) => void,
): Record<string, unknown> {
  try {
    const { done, total, unit, message } = report
    return { done, total, unit, message }
  } catch (error) {
    refuse(`A progress report could not be read: ${describeError(error)}`)
    return {}
  }
}

/** The numbers and the unit of a report. Pure, but for `refuse`. */
export function toCounted(
  { done, total, unit }: Record<string, unknown>,
  refuse: (why: string) => void,
): Counted {
  const countedTotal = toCount('total', total, refuse)
  return {
    done: toCount('done', done, refuse),
    total: countedTotal === 0 ? null : countedTotal,
    unit: toUnit(unit, refuse),
  }
}

/** The percentage that is done; `undefined` without a total. */
export function percentOf({ done, total }: Counted): number | undefined {
  return done === null || total === null ? undefined : toPercent((100 * done) / total)
}

function toCount(name: string, value: unknown, refuse: (why: string) => void): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value
  refuse(`"${name}" of a progress report is ${describeError(value)}: give a number from 0`)
  return null
}

function toUnit(value: unknown, refuse: (why: string) => void): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return boundText(value, maxUnitChars)
  refuse(`"unit" of a progress report is ${describeError(value)}: give text, such as "rows"`)
  return null
}
