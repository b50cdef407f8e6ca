/** What every error of this library is: catch one class, or all of them. */
export class HeadwayError extends Error {
  override readonly name: string = 'HeadwayError'
}

/** The other side sent what PROTOCOL.md does not allow. Report it; the connection goes on. */
export class ProtocolError extends HeadwayError {
  override readonly name = 'ProtocolError'
}

/** What is known of a call that failed. What is left out is `null`. */
export interface RpcErrorFields {
  /** The server's word, such as `NOT_FOUND`; `NETWORK` when no answer came, `HTTP_<status>` when it was not ours. */
  code: string
  /** HTTP status; `null` when no answer came. */
  status?: number | null
  /** How long the server asks to wait, in milliseconds; `null` when it did not say. */
  retryAfterMs?: number | null
  /** What the server added for programs, as it came. */
  details?: unknown
}

/** One remote call failed. Look at `code` and `status`; try again after `retryAfterMs`. */
export class RpcError extends HeadwayError implements RpcErrorFields {
  override readonly name = 'RpcError'
  readonly code: string
  readonly status: number | null
  readonly retryAfterMs: number | null
  readonly details: unknown

  constructor(message: string, fields: RpcErrorFields, options?: ErrorOptions) {
    super(message, options)
    this.code = fields.code
    this.status = fields.status ?? null
    this.retryAfterMs = fields.retryAfterMs ?? null
    this.details = fields.details ?? null
  }
}

/** The work was never started: there is no job. `cause` is the {@link RpcError}. Start again. */
export class StartFailed extends HeadwayError {
  override readonly name = 'StartFailed'
}

/** What ended, and as what: the fields of every error that {@link JobHandle.result} rejects with. */
export interface JobEnd {
  jobId: string
  status: string
}

/** The job ran and failed (`failed` or `dead_letter`); the message is the job's own. */
export class JobFailed extends HeadwayError implements JobEnd {
  override readonly name = 'JobFailed'
  readonly jobId: string
  readonly status: string

  constructor(message: string, end: JobEnd) {
    super(message)
    this.jobId = end.jobId
    this.status = end.status
  }
}

/** The job was cancelled; the message is the reason that was given. */
export class JobCancelled extends HeadwayError implements JobEnd {
  override readonly name = 'JobCancelled'
  readonly jobId: string
  readonly status = 'cancelled'

  constructor(message: string, jobId: string) {
    super(message)
    this.jobId = jobId
  }
}

/** The server knows no job of this id (any more). */
export class JobMissing extends HeadwayError implements JobEnd {
  override readonly name = 'JobMissing'
  readonly jobId: string
  readonly status = 'not_found'

  constructor(jobId: string) {
    super(
      `The server knows no job ${jobId}: check the id, or whether the job is too old to be kept`,
    )
    this.jobId = jobId
  }
}

/** `unsubscribe()` was called before the job ended: the job goes on, its result is not awaited any more. */
export class JobUnwatched extends HeadwayError {
  override readonly name = 'JobUnwatched'
}

/** The server does not let this client follow the job: it belongs to another user, for instance. */
export class JobRefused extends HeadwayError {
  override readonly name = 'JobRefused'
  readonly jobId: string
  /** The server's word, such as `FORBIDDEN`. */
  readonly code: string

  constructor(jobId: string, code: string) {
    super(`The server does not let this client follow job ${jobId}: ${code}`)
    this.jobId = jobId
    this.code = code
  }
}

/**
 * The client was closed before the job ended, or its server will never speak this protocol. The job goes on: ask for
 * `result` again once the client has reconnected.
 */
export class ClientClosed extends HeadwayError {
  override readonly name = 'ClientClosed'
}
