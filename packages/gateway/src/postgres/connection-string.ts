import type { Logger } from 'pino'

/**
 * The parameters of a connection string that `pg` acts on.
 *
 * @see https://node-postgres.com/features/connecting
 */
const understood: ReadonlySet<string> = new Set([
  'application_name',
  'client_encoding',
  'connect_timeout',
  'db',
  'encoding',
  'fallback_application_name',
  'host',
  'idle_in_transaction_session_timeout',
  'keepalives',
  'keepalives_idle',
  'lock_timeout',
  'options',
  'port',
  'query_timeout',
  'ssl',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslnegotiation',
  'sslrootcert',
  'statement_timeout',
  'uselibpqcompat',
  'user',
])

/**
 * The same string with empty start-up `options`, so that `pg` adds none. Its own options stay: some
 * hosts identify databases by them.
 */
export function withoutOptions(database: string): string {
  if (/[?&]options=/.test(database)) return database
  return `${database}${database.includes('?') ? '&' : '?'}options=`
}

/**
 * Says which parameters of a connection string have no effect, such as those of other tools. Never
 * its values.
 */
export function warnOfParameters(name: string, database: string, logger: Logger): void {
  // Not as a URL: `pg` takes passwords that are not encoded, and hosts that are folders.
  const parameters = new URLSearchParams(database.split('?').slice(1).join('?'))
  const unknown = [...new Set(parameters.keys())].filter((key) => !understood.has(key))
  if (unknown.length === 0) return
  logger.warn(
    { parameters: unknown },
    `${name} has unknown parameters, which have no effect: ${unknown.join(', ')}`,
  )
}
