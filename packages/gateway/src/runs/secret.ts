import { randomBytes } from 'node:crypto'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'

/** A secret that the database keeps, so that all gateways have the same. */
export interface Secret {
  value: Buffer
  /** The time until which starts from before it may be repeated, in epoch milliseconds. */
  olderUntil: number | null
}

const secretBytes = 32

/** The secret of this name; it is drawn when it is first needed. */
export async function readOrDrawSecret(pool: Database, name: string): Promise<Secret> {
  return (await readSecret(pool, name)) ?? (await drawSecret(pool, name))
}

async function readSecret(pool: Database, name: string): Promise<Secret | null> {
  const { rows } = await pool.query<Secret>(sql('runs/sql/read-secret'), [name])
  return rows[0] ?? null
}

/** When gateways draw at the same time, one wins; all read its secret. */
async function drawSecret(pool: Database, name: string): Promise<Secret> {
  await pool.query(sql('runs/sql/draw-secret'), [name, randomBytes(secretBytes)])
  const secret = await readSecret(pool, name)
  if (secret) return secret
  throw new Error('headway.secret was emptied while the gateway started: start it again')
}
