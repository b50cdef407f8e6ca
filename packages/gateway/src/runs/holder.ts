import { randomInt } from 'node:crypto'

/** The number of bits of a key that are drawn for each connection. */
const drawnBits = 23

/**
 * A number for a worker. The runs that it takes name the number, and the key of an advisory lock of
 * its session contains it. While the lock is there, others know that the worker lives, even if a
 * job keeps it busy. The session ends with the process.
 */
export function drawHolder(): number {
  // [migration 0012] keys from 2^48 on have drawn bits, those of older workers are below.
  return randomInt(2 ** 39, 2 ** 40)
}

/**
 * The first statements of a new session of a worker. Each session has another key: while a worker
 * reconnects, its lock is free, and any role that may connect and has seen the key could take it. A
 * host that is gone does not end its session, so PostgreSQL probes it every few seconds; the kernel
 * answers, even while the process computes.
 *
 * @see
 * https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-TCP-KEEPALIVES-IDLE
 */
export function holdStatements(holder: number): string[] {
  const key = (BigInt(holder) << BigInt(drawnBits)) | BigInt(randomInt(2 ** drawnBits))
  return [
    `select set_config(name, wanted.setting, false)
       from pg_settings
       join (values ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'),
                    ('tcp_keepalives_count', '3'), ('idle_session_timeout', '0'))
              as wanted (name, setting) using (name)`,
    `select pg_advisory_lock_shared(${key})`,
  ]
}
