import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Principal } from '../access/principal.ts'

/** The id and the secret of a session. */
export interface SessionName {
  id: string
  secret: string
}

/**
 * Names for sessions. The id contains the number of the gateway with the session, and each gateway
 * can check the secret: a request about a session may reach any of them.
 *
 * @see PROTOCOL.md, "Several servers"
 */
export interface SessionNames {
  /** Draws the name of a session of this gateway that every gateway knows. */
  draw(principal: Principal | null): SessionName
  /** The number of the gateway that has a session; `null` when only that gateway knows it. */
  gatewayOf(id: string): number | null
  /** Checks a secret, in a time that does not depend on where it differs. */
  check(name: SessionName, principal: Principal | null): 'own' | 'wrongSecret' | 'otherPrincipal'
}

/** The name of a session that only its own gateway knows. */
export function drawLocalName(): SessionName {
  return { id: randomUUID(), secret: randomUUID() }
}

/** Draws a number for a gateway: the first 32 bits of the ids of its sessions. */
export function drawGatewayNumber(): number {
  return randomBytes(4).readUInt32BE()
}

/** The number of characters of each half of a secret: 132 bits. */
const halfLength = 22

/**
 * Names of one gateway.
 *
 * @param key the same for all gateways of a database
 * @param number this gateway's
 */
export function createSessionNames(key: Buffer, number: number): SessionNames {
  const prefix = number.toString(16).padStart(8, '0')
  const mac = (parts: readonly (string | null)[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url').slice(0, halfLength)
  /** One half says that a gateway made it, the other one for whom. */
  const secretOf = (id: string, principal: Principal | null): [string, string] => [
    mac(['session', id]),
    mac(['principal', id, principal?.id ?? null]),
  ]
  return {
    draw(principal) {
      // [RFC 9562, 5.8] version 8: the layout is ours
      const id = `${prefix}${randomUUID().slice(8, 14)}8${randomUUID().slice(15)}`
      return { id, secret: secretOf(id, principal).join('') }
    },
    gatewayOf: (id) => (id[14] === '8' ? Number.parseInt(id.slice(0, 8), 16) : null),
    check({ id, secret }, principal) {
      const [made, bound] = secretOf(id, principal)
      if (secret.length !== 2 * halfLength || !isSame(secret.slice(0, halfLength), made)) {
        return 'wrongSecret'
      }
      return isSame(secret.slice(halfLength), bound) ? 'own' : 'otherPrincipal'
    },
  }
}

/** Compares texts in a time that does not depend on where they differ. */
export function isSame(given: string, own: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(own)]
  return a.length === b.length && timingSafeEqual(a, b)
}
