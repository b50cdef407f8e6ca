import { Unauthorized } from '../errors.ts'
import { networkOf } from './address.ts'

/** The identity that a request claims. */
export interface ClaimedIdentity {
  /** 1 to 255 characters, well-formed, without NUL. */
  id: string
  roles?: readonly string[]
  /** Epoch milliseconds; an hour from now when it is left out. */
  expiresAt?: number | undefined
}

/** The identity of a client. `null` in its place: the client is anonymous. */
export interface Principal {
  /** The owner of runs: the token's `sub`, or the id from `authenticate`. */
  id: string
  /** `admin` may do everything. */
  roles: readonly string[]
  /** The time when the identity expires, in epoch milliseconds. */
  expiresAt: number
}

/** The sender of a request: its principal and its address. Sessions belong to one. */
export interface Asker {
  principal: Principal | null
  ip: string
}

/** The key that a sender is counted by: its user, or its address when it is anonymous. */
export function nameAsker({ principal, ip }: Asker): string {
  return principal ? `user ${principal.id}` : `address ${networkOf(ip)}`
}

/** The part of a request that `authenticate` sees. */
export interface AuthRequest {
  headers: Headers
  /** The client's address; behind proxies, `trustProxy` decides which entry is believed. */
  ip: string
}

/**
 * Authenticates a request; resolves with `null` for an anonymous one. Throws `Unauthorized` for
 * invalid credentials, answered 401; any other error is answered 500.
 */
export type Authenticate = (request: AuthRequest) => Promise<ClaimedIdentity | null>

/** The life of an identity without `expiresAt`, in milliseconds. */
const defaultLifeMs = 3_600_000

/**
 * An identity that cannot own anything: answered 401, and logged, since its issuer has to be
 * mended.
 */
export class InvalidIdentity extends Unauthorized {}

/** An identity as the gateway keeps it. Throws {@link InvalidIdentity}. */
export function toPrincipal(
  identity: ClaimedIdentity | null | undefined,
  now: number,
): Principal | null {
  if (identity === null || identity === undefined) return null
  const { id, roles, expiresAt } = identity as { [Name in keyof ClaimedIdentity]: unknown }
  return {
    id: checkId(id),
    roles: checkRoles(roles ?? []),
    expiresAt: checkInstant(expiresAt ?? now + defaultLifeMs),
  }
}

const maxIdLength = 255

/** A user may have this id. */
export function isUserId(id: string): boolean {
  return id !== '' && id.length <= maxIdLength && id.isWellFormed() && !id.includes('\0')
}

function checkId(id: unknown): string {
  if (typeof id !== 'string') {
    throw new InvalidIdentity(`The id of the user is ${describe(id)}: give a string`)
  }
  if (isUserId(id)) return id
  throw new InvalidIdentity(
    `The id of the user is ${describe(id)}: give 1 to ${maxIdLength} characters, ` +
      'well-formed and without NUL',
  )
}

function checkRoles(roles: unknown): readonly string[] {
  if (Array.isArray(roles) && roles.every((role) => typeof role === 'string')) return [...roles]
  throw new InvalidIdentity(`The roles of the user are ${describe(roles)}: give a list of strings`)
}

/**
 * The range of epoch milliseconds: from 1973, so that seconds are noticed, to the end of `Date`.
 */
const [earliest, latest] = [1e11, 8.64e15]

function checkInstant(at: unknown): number {
  if (typeof at === 'number' && at >= earliest && at <= latest) return at
  const isSeconds = typeof at === 'number' && at > 0 && at < earliest
  throw new InvalidIdentity(
    `expiresAt is ${describe(at)}: give epoch milliseconds${isSeconds ? ', not seconds' : ''}`,
  )
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  return typeof value === 'object' ? (value === null ? 'null' : 'an object') : String(value)
}

/** Both are the same user: a renewed token is the same principal. */
export function isSamePrincipal(a: Principal | null, b: Principal | null): boolean {
  return a?.id === b?.id
}

/** Both have the same id and the same roles. Only `expiresAt` may differ. */
export function hasSameRights(a: Principal | null, b: Principal | null): boolean {
  return rightsKey(a) === rightsKey(b)
}

/** A text that is the same for principals with the same rights. */
export function rightsKey(principal: Principal | null): string {
  return JSON.stringify(principal && [principal.id, [...new Set(principal.roles)].sort()])
}
