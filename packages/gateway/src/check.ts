import { ConfigurationError } from './errors.ts'

/** `value`, when it is a number above 0. Throws a {@link ConfigurationError}. */
export function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ConfigurationError(`${name} is ${value}: give a number above 0`)
}

/** `value`, when it is a whole number from 1. Throws a {@link ConfigurationError}. */
export function whole(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new ConfigurationError(`${name} is ${value}: give a whole number from 1`)
}

/** The longest wait of a timer in milliseconds: Node fires a longer one at once. */
export const longestTimerMs: number = 2 ** 31 - 1

/**
 * `value`, when it is a whole number from `least` to `most`. Throws a {@link ConfigurationError}.
 */
export function atMost(name: string, value: number, most: number, least: 0 | 1 = 1): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new ConfigurationError(`${name} is ${value}: give a whole number from ${least} to ${most}`)
}

/** `value`, when it is a whole number from 0. Throws a {@link ConfigurationError}. */
export function notNegative(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value
  throw new ConfigurationError(`${name} is ${value}: give a whole number from 0`)
}

/** Throws a {@link ConfigurationError} unless the value is a connection string of PostgreSQL. */
export function checkConnectionString(name: string, value: string | undefined): void {
  if (/^postgres(ql)?:\/\//.test(value ?? '')) return
  throw new ConfigurationError(
    `${name} is ${JSON.stringify(value)}: give a connection string, postgresql://user@host/name`,
  )
}

/**
 * Throws a {@link ConfigurationError} about an option that `of` does not know, such as a misspelt
 * one.
 */
export function checkKnown(of: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new ConfigurationError(
    `${of} does not know the option ${unknown}; it knows ${known.join(', ')}`,
  )
}
