/** The base class of all errors of this library. */
export class HeadwayError extends Error {
  override readonly name: string = 'HeadwayError'
}

/** The server sent something that PROTOCOL.md does not allow. The connection continues. */
export class ProtocolError extends HeadwayError {
  override readonly name = 'ProtocolError'
}

/** The fields of an {@link RpcError}. A field that you leave out becomes `null`. */
export interface RpcErrorFields {
  /**
   * The server's error code, such as `NOT_FOUND`. `NETWORK` when no answer came, `HTTP_<status>`
   * when something else answered, such as a proxy.
   */
  code: string
  /** HTTP status; `null` when no answer came. */
  status?: number | null
  /** The wait that the server asks for, in milliseconds; `null` when it asks for none. */
  retryAfterMs?: number | null
  /** The server's `details`, unchanged. */
  details?: unknown
}

/** A remote call failed. Check `code` and `status`, and try again after `retryAfterMs`. */
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

/** The start failed, so there is no job. `cause` is the {@link RpcError}. Start again. */
export class StartFailed extends HeadwayError {
  override readonly name = 'StartFailed'
}

/** The fields of an error for a job that ended without a result. */
export interface JobEnd {
  jobId: string
  /** The last status, such as `failed`. */
  status: string
}

/** The job failed (`failed` or `dead_letter`). The message is the job's own. */
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

/** The job was cancelled. The message is the given reason. */
export class JobCancelled extends HeadwayError implements JobEnd {
  override readonly name = 'JobCancelled'
  readonly jobId: string
  readonly status = 'cancelled'

  constructor(message: string, jobId: string) {
    super(message)
    this.jobId = jobId
  }
}

/** The server has no job with this id, or no longer keeps it. */
export class JobMissing extends HeadwayError implements JobEnd {
  override readonly name = 'JobMissing'
  readonly jobId: string
  readonly status = 'not_found'

  constructor(jobId: string) {
    super(`The server has no job ${jobId}: check the id, or whether the job is too old to be kept`)
    this.jobId = jobId
  }
}

/** `unsubscribe()` was called before the job ended. The job continues. */
export class JobUnwatched extends HeadwayError {
  override readonly name = 'JobUnwatched'
}

/** The server does not let this client follow the job, for example because another user owns it. */
export class JobRefused extends HeadwayError {
  override readonly name = 'JobRefused'
  readonly jobId: string
  /** The server's error code, such as `FORBIDDEN`. */
  readonly code: string

  constructor(jobId: string, code: string) {
    super(`The server does not let this client follow job ${jobId}: ${code}`)
    this.jobId = jobId
    this.code = code
  }
}

/**
 * The client was closed before the job ended, or the server does not support this protocol. The job
 * continues: read `result` again after the client has reconnected.
 */
export class ClientClosed extends HeadwayError {
  override readonly name = 'ClientClosed'
}
