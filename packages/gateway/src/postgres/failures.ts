/**
 * The SQLSTATE with which the database refused a statement; `null` for any other error, such as a
 * lost connection.
 */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error)) return null
  const code = String(error.code)
  return /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : null
}

/**
 * A write was refused because of its data, and would be refused again: a value that does not fit
 * (class 22), a constraint (23), the same row twice (21), JSON that is nested too deep (54001), or
 * a value that cannot be sent. Every other cause passes: locks, other transactions, a database that
 * is full, renamed or read-only, a missing right.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isDataFault(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null) return /^(2[123]|54001$)/.test(state)
  return error instanceof TypeError || error instanceof RangeError
}

/** The pool was used after its end: nothing can be written through it any more. */
export function isPoolClosed(error: unknown): boolean {
  return error instanceof Error && error.message.includes('after calling end on the pool')
}

/**
 * It is unknown if a statement was done: its connection was lost, or ended by the server, before
 * the answer came. PgBouncer reports 08P01 when it has lost the server. A connection that was never
 * made has done nothing.
 */
export function isAnswerLost(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null) return /^(0800[367]|08P01|57P0[1245]|40003)$/.test(state)
  if (!(error instanceof Error)) return false
  // Such as ETIMEDOUT: of a connection that was there, unless the system call is `connect`.
  if ('syscall' in error && /^(read|write)/.test(String(error.syscall))) return true
  const code = 'code' in error ? String(error.code) : ''
  if (/^(ECONNRESET|EPIPE)$/.test(code)) return true
  return /Connection terminated(?! due to connection timeout)|Query read timeout/i.test(
    error.message,
  )
}

/** A statement exceeded its time limit (57014). */
export function isTooLate(error: unknown): boolean {
  return sqlStateOf(error) === '57014'
}

/**
 * The same request may succeed a little later: the database cannot be reached (class 08, 57P, 3D),
 * refuses logins (28), is overloaded (53), is read-only (25006), or another transaction stood in
 * the way (40, 55P03).
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (/^(08|28|3D|40|53|57P)|^(25006|55P03)$/.test(sqlStateOf(error) ?? '')) return true
  const code = 'code' in error ? String(error.code) : ''
  if (
    /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EADDRNOTAVAIL|EMFILE|ENFILE|ENOBUFS)/.test(
      code,
    )
  )
    return true
  // Neither `pg` nor PostgreSQL has a code of its own for these.
  return /Connection terminated|Query read timeout|timeout exceeded when trying to connect|not queryable|not currently accepting connections|too many notifications/i.test(
    error.message,
  )
}
