import { randomInt } from 'node:crypto'

/**
 * The number of a worker. Runs that it takes name it, and its session has a lock of that key: others see by
 * the lock that it lives, however long a job keeps it from saying so. With the process goes the session.
 */
export function drawHolder(): number {
  return randomInt(1, 2 ** 48 - 1)
}

/**
 * What a session begins with to be seen as long as its process lives, and not much longer. A host that is gone
 * ends no session: PostgreSQL asks it, and a process that computes is answered for by its kernel.
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
