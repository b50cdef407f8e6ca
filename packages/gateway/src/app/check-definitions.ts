import { describeError } from '../describe-error.ts'
import { ConfigurationError } from '../errors.ts'

/** The kind of definition that each option holds. */
const kindOf = {
  jobs: 'job',
  workflows: 'workflow',
  queries: 'query',
  mutations: 'mutation',
} as const

/** Throws a {@link ConfigurationError} about an invalid name, or a definition of another kind. */
export function checkDefinitions(
  option: keyof typeof kindOf,
  example: string,
  definitions: object,
): void {
  if (typeof definitions !== 'object' || definitions === null) {
    throw new ConfigurationError(
      `${option} is ${definitions}: give them by name, { greet: ${example} }`,
    )
  }
  const kind = kindOf[option]
  for (const [name, definition] of Object.entries(definitions)) {
    if (!isFunctionName(name)) {
      throw new ConfigurationError(
        `${option} has "${name}": a name must be 1 to 256 letters, digits, _ . : -`,
      )
    }
    if (name.startsWith('headway.')) {
      throw new ConfigurationError(
        `${option} has "${name}": names that begin with "headway." are the gateway's own`,
      )
    }
    if (typeof definition?.run !== 'function' || (definition.kind ?? 'job') !== kind) {
      throw new ConfigurationError(
        `${option} has "${name}", which is not a ${kind}: define it with ${example}`,
      )
    }
  }
}

/**
 * Throws a {@link ConfigurationError} about a name that two definitions have: clients call a
 * function by its name alone.
 */
export function checkNames(definitions: Record<string, object>): void {
  const known = new Map<string, string>()
  for (const [kind, named] of Object.entries(definitions)) {
    for (const name of Object.keys(named)) {
      const other = known.get(name)
      if (other) {
        throw new ConfigurationError(`"${name}" is a ${other} and a ${kind}: give one another name`)
      }
      known.set(name, kind)
    }
  }
}

/** The name of a function is valid. @see PROTOCOL.md, "Envelopes", `VALIDATION_ERROR` */
export function isFunctionName(name: string): boolean {
  return /^[\p{Alphabetic}\p{Number}_.:-]{1,256}$/u.test(name)
}

/** Throws a {@link ConfigurationError} about a name that no event can have. */
export function checkEventName(name: string): void {
  if (typeof name === 'string' && isFunctionName(name)) return
  throw new ConfigurationError(
    `waitFor was given "${describeError(name)}": an event name must be 1 to 256 letters, ` +
      'digits, _ . : -',
  )
}
