import { isRecord } from '@headway/core/protocol'
import type { LogFn, Logger } from 'pino'
import { boundText } from './bound-text.ts'
import { quieten, toError } from './describe-error.ts'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/**
 * The maximum length of a logged message, a stack, and other members of an error, in UTF-16 units.
 */
const maxLoggedChars = 100_000

/**
 * The same logger with calls that never throw: loggers read every member of an `err`, and members
 * of users' errors may do anything. An unreadable error is logged by its description; long texts
 * are cut. Errors of the logger itself are ignored.
 */
export function safeLogger(logger: Logger): Logger {
  const sayAt = (level: (typeof levels)[number]): LogFn => {
    const say = (...said: unknown[]): void => Reflect.apply(logger[level], logger, said)
    return (first: unknown, ...rest: unknown[]): void => {
      const isError = isRecord(first) && 'err' in first
      if (isError) quieten(first.err)
      try {
        if (!isError || isLoggable(first.err)) return say(first, ...rest)
      } catch {
        // Such as a frozen error: pino marks errors while it writes.
      }
      try {
        if (isError) say({ ...first, err: toPlain(first.err) }, ...rest)
      } catch {
        // A failing log must not change the outcome of a job.
      }
    }
  }
  const safe = Object.fromEntries(levels.map((level) => [level, sayAt(level)]))
  return Object.assign(Object.create(logger), safe)
}

function isLoggable(err: unknown): boolean {
  try {
    if (!(err instanceof Error)) return JSON.stringify(err ?? null).length <= maxLoggedChars
    // Loggers copy the members of an error in the same way.
    const members = JSON.stringify({ ...err }).length
    const longest = Math.max(err.message.length, err.stack?.length ?? 0, members)
    return longest <= maxLoggedChars
  } catch {
    return false
  }
}

/** Its name, message and stack, without other members. */
function toPlain(err: unknown): object {
  const { name, message, stack = '' } = toError(err)
  const cut = (text: string): string => boundText(text, maxLoggedChars)
  return { type: cut(name), message: cut(message), stack: cut(stack) }
}
