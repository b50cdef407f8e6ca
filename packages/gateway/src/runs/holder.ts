import { randomInt } from 'node:crypto'

/**
 * A number for a worker. The runs that it takes name the number, and its session has an advisory
 * lock of that key. While the lock is there, others know that the worker lives, even if a job keeps
 * it busy. The session ends with the process.
 */
export function drawHolder(): number {
  return randomInt(1, 2 ** 48 - 1)
}

/**
 * The statements that a worker's session begins with. A host that is gone does not end its session,
 * so PostgreSQL asks it every few seconds; the kernel answers, even while the process computes.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-TCP-KEEPALIVES-IDLE
 */
export function holdStatements(holder: number): string[] {
  return [
    `select set_config(name, wanted.setting, false)
       from pg_settings
       join (values ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'),
                    ('tcp_keepalives_count', '3'), ('idle_session_timeout', '0'))
              as wanted (name, setting) using (name)`,
    `select pg_advisory_lock_shared(${holder})`,
  ]
}
