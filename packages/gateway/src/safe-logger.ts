import type { LogFn, Logger } from 'pino'
import { describeError } from './describe-error.ts'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/**
 * The same logger, of which nothing that is logged can make a call throw: loggers read every member of an error, and
 * those of users may do anything. Such an error is logged by its description. A logger that throws is not heard.
 */
export function safeLogger(logger: Logger): Logger {
  const sayAt = (level: (typeof levels)[number]): LogFn => {
    const say = (...said: unknown[]): void => Reflect.apply(logger[level], logger, said)
    return (first: unknown, ...rest: unknown[]): void => {
      try {
        say(first, ...rest)
      } catch {
        try {
          say(describeFirst(first), ...rest)
        } catch {
          // What is said in the log must not decide what becomes of a job.
        }
      }
    }
  }
  const safe = Object.fromEntries(levels.map((level) => [level, sayAt(level)]))
  return Object.assign(Object.create(logger), safe)
}

/** What is logged, with nothing in it that can throw. */
function describeFirst(first: unknown): unknown {
  if (typeof first !== 'object' || first === null) return describeError(first)
  if (!('err' in first)) return { err: { message: describeError(first) } }
  const { err, ...fields } = first
  const plain = Object.entries(fields).filter(([, field]) => Object(field) !== field)
  return { ...Object.fromEntries(plain), err: { type: 'Error', message: describeError(err) } }
}
