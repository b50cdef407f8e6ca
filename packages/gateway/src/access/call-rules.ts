import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'

/** A limit on calls, for each user, or for each address of anonymous callers. */
export interface RateLimit {
  /** The maximum number of calls within `perSecs`. */
  calls: number
  /** The length of the period in seconds. It begins with the first call. */
  perSecs: number
}

/** The callers of a function, and a limit on their calls. */
export interface CallRules {
  /** Anonymous callers are allowed, too. Default `false`. */
  public?: boolean
  /** One of these roles, or `admin`, is required. Default: every signed-in caller is allowed. */
  roles?: readonly string[]
  /** A limit at each gateway. Default: unlimited. */
  rateLimit?: RateLimit
}

/** The same, with every default. */
export interface ResolvedCallRules {
  readonly public: boolean
  readonly roles: readonly string[]
  readonly rateLimit: RateLimit | null
}

/** Fills in the defaults. Throws a `ConfigurationError` about a wrong option. */
export function resolveCallRules({ rateLimit, ...rules }: CallRules): ResolvedCallRules {
  return {
    public: rules.public ?? false,
    roles: rules.roles ?? [],
    rateLimit: rateLimit
      ? {
          calls: whole('rateLimit.calls', rateLimit.calls),
          perSecs: checkPerSecs(rateLimit.perSecs),
        }
      : null,
  }
}

/** The longest timer of Node, in seconds: 24 days. */
const longestSecs = 2_147_483

function checkPerSecs(perSecs: number): number {
  if (perSecs <= longestSecs) return positive('rateLimit.perSecs', perSecs)
  throw new ConfigurationError(`rateLimit.perSecs is ${perSecs}: give at most ${longestSecs}`)
}
