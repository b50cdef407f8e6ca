import { createHmac, randomBytes } from 'node:crypto'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import { runIdOf, toUuid } from './run-id.ts'

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

const secretName = 'start-id'
const secretBytes = 32

interface Secret {
  value: Buffer
  /** In epoch milliseconds. */
  olderUntil: number | null
}

/**
 * Ids from a secret that the database keeps, so that all gateways agree and clients cannot compute
 * one. The secret is drawn when it is first needed.
 */
export async function createStartIds(pool: Database): Promise<StartIds> {
  const { value, olderUntil } = (await readSecret(pool)) ?? (await drawSecret(pool))
  return {
    idOf(owner, name, key, queue) {
      const text = JSON.stringify([owner, name, key, ...(queue === null ? [] : [queue])])
      return toUuid(createHmac('sha256', value).update(text).digest(), 8)
    },
    olderIdOf: (owner, name, key) =>
      olderUntil !== null && Date.now() < olderUntil ? runIdOf(owner, name, key) : null,
  }
}

async function readSecret(pool: Database): Promise<Secret | null> {
  const { rows } = await pool.query<Secret>(sql('runs/sql/read-secret'), [secretName])
  return rows[0] ?? null
}

/** When gateways draw at the same time, one wins; all read its secret. */
async function drawSecret(pool: Database): Promise<Secret> {
  await pool.query(sql('runs/sql/draw-secret'), [secretName, randomBytes(secretBytes)])
  const secret = await readSecret(pool)
  if (secret) return secret
  throw new Error('headway.secret was emptied while the gateway started: start it again')
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
