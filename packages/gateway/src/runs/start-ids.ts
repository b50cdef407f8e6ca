import { createHmac } from 'node:crypto'
import type { Database } from '../postgres/pools.ts'
import { runIdOf, toUuid } from './run-id.ts'
import { readOrDrawSecret } from './secret.ts'

/** The ids of runs that are started under a key. */
export interface StartIds {
  /**
   * The id of the run that a key starts: the same one for the same principal, name and key, at
   * every gateway.
   *
   * @param queue of a job: another application of the database may have a job of that name; `null`
   * of a workflow, whose name is one for the whole database
   */
  idOf(owner: string | null, name: string, key: string, queue: string | null): string
  /** The id that an earlier version gave it; `null` once no such start can come again. */
  olderIdOf(owner: string | null, name: string, key: string): string | null
}

/**
 * Ids from a secret that the database keeps, so that all gateways agree and clients cannot compute
 * one. The secret is drawn when it is first needed.
 */
export async function createStartIds(pool: Database): Promise<StartIds> {
  const { value, olderUntil } = await readOrDrawSecret(pool, 'start-id')
  return {
    idOf(owner, name, key, queue) {
      const text = JSON.stringify([owner, name, key, ...(queue === null ? [] : [queue])])
      return toUuid(createHmac('sha256', value).update(text).digest(), 8)
    },
    olderIdOf: (owner, name, key) =>
      olderUntil !== null && Date.now() < olderUntil ? runIdOf(owner, name, key) : null,
  }
}

/** The least length of an anonymous key, and the least number of different characters in it. */
const [leastLength, leastCharacters] = [32, 8]

/**
 * The key can be a secret of its client: 128 random bits in hexadecimal, or a UUID. Only such a key
 * distinguishes anonymous clients.
 */
export function isSecretKey(key: string): boolean {
  return key.length >= leastLength && new Set(key).size >= leastCharacters
}
