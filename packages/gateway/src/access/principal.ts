import { networkOf } from './address.ts'

/** Who a request says it is from. */
export interface ClaimedIdentity {
  id: string
  roles?: readonly string[]
  /** Epoch milliseconds; an hour from now when it is left out. */
  expiresAt?: number
}

/** Who is asking. `null` in its place: nobody in particular. */
export interface Principal {
  /** What runs are owned by: the token's `sub`, or what `authenticate` says. */
  id: string
  /** `admin` may do everything. */
  roles: readonly string[]
  /** When it has to be shown anew, in epoch milliseconds. */
  expiresAt: number
}

/** Who asks, and from where; whose a session is. */
export interface Asker {
  principal: Principal | null
  ip: string
}

/** Under what is counted what somebody does: a user's, or an address that says nothing of its user. */
export function nameAsker({ principal, ip }: Asker): string {
  return principal ? `user ${principal.id}` : `address ${networkOf(ip)}`
}

/** What is known of a request when it is asked who sent it. */
export interface AuthRequest {
  headers: Headers
  /** Where it comes from; behind proxies, as far as `trustProxy` says that they are to be believed. */
  ip: string
}

/**
 * Finds out who sent a request; `null` for one that says nothing of its sender. Throws `Unauthorized` when
 * it says something that is not true; anything else that is thrown is a fault, and answered 500.
 */
export type Authenticate = (request: AuthRequest) => Promise<ClaimedIdentity | null>

/** How long an identity lasts that says nothing of its end, in milliseconds. */
const defaultLifeMs = 3_600_000

/** An identity as the gateway keeps it. */
export function toPrincipal(identity: ClaimedIdentity | null, now: number): Principal | null {
  if (!identity) return null
  const { id, roles = [], expiresAt = now + defaultLifeMs } = identity
  return { id, roles, expiresAt }
}

/** Whether two are the same, as far as a session is concerned: a renewed token is the same principal. */
export function isSamePrincipal(a: Principal | null, b: Principal | null): boolean {
  return a?.id === b?.id
}
