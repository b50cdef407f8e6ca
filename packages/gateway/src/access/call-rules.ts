import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'

/** How often one user, or one address that says nothing of its user, may call something. */
export interface RateLimit {
  /** So many calls… */
  calls: number
  /** …in so many seconds, counted from the first. */
  perSecs: number
}

/** Who may call something, and how often. */
export interface CallRules {
  /** Whether anybody may, also without a token. Default `false`. */
  public?: boolean
  /** Whoever has one of these roles, or `admin`. Default: everybody who may at all. */
  roles?: readonly string[]
  /** How often one may, at each gateway. Default: as often as they like. */
  rateLimit?: RateLimit
}

/** The same, with every default. */
export interface ResolvedCallRules {
  readonly public: boolean
  readonly roles: readonly string[]
  readonly rateLimit: RateLimit | null
}

/** Every default, once. Throws a `ConfigurationError` about what cannot be. */
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

/** What a timer of Node can count, in seconds: 24 days. */
const longestSecs = 2_147_483

function checkPerSecs(perSecs: number): number {
  if (perSecs <= longestSecs) return positive('rateLimit.perSecs', perSecs)
  throw new ConfigurationError(`rateLimit.perSecs is ${perSecs}: give at most ${longestSecs}`)
}
