/** A wrong option: the message names it and the remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

/** The database could not be started; the message is one line with the remedy. */
export class DatabaseStartFailed extends Error {
  override readonly name = 'DatabaseStartFailed'
}

/**
 * The tables of an engine are missing, or older than it needs. An engine that may not migrate
 * rejects with this error; it is then started again with `migrate: true`, in one process at a time.
 * The message names the version that was found.
 */
export class TablesOutdated extends Error {
  override readonly name = 'TablesOutdated'
}

/**
 * The reason of `ctx.signal` when a user cancels the job or workflow. The message is the user's
 * reason.
 */
export class CancelRequested extends Error {
  override readonly name = 'CancelRequested'
}

/**
 * A step of a workflow has failed in all its tries. Users see its message; `cause` has the message
 * of the step's last error, for your code alone.
 */
export class StepFailed extends Error {
  override readonly name = 'StepFailed'
  readonly step: string

  constructor(step: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.step = step
  }
}

/** A try of a step has taken too long: the reason of its `signal`. */
export class StepTimedOut extends Error {
  override readonly name = 'StepTimedOut'
}

/** A run returned a value that cannot be stored. `message` may contain values; `shown` does not. */
export class OutputRefused extends Error {
  override readonly name: string = 'OutputRefused'
  readonly shown: string

  constructor(message: string, shown: string = message) {
    super(message)
    this.shown = shown
  }
}

/** An event has not come in time. */
export class EventTimedOut extends Error {
  override readonly name = 'EventTimedOut'
  readonly event: string

  constructor(event: string, message: string) {
    super(message)
    this.event = event
  }
}

/** Throw it in a custom `authenticate` for invalid credentials: the request is answered 401. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized'
}

/** The answer to a refused request. @see PROTOCOL.md, "Envelopes" */
export interface Refusal {
  status: number
  code: string
  retryAfterSecs?: number
  details?: unknown
  /** The envelope, where it is not the route's own. */
  shape?: 'A'
  /** The methods a path does know, for a 405. */
  allow?: string
}

/** A request is refused. Throw it anywhere: the answer becomes its envelope. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError'
  readonly refusal: Refusal

  constructor(message: string, refusal: Refusal, options?: ErrorOptions) {
    super(message, options)
    this.refusal = refusal
  }
}

/**
 * A refusal in words for users: throw it in a job, a step, a workflow, a query or a mutation, and
 * its message is shown to watchers and callers. The message of any other error goes to the log
 * alone; users see a fixed sentence ({@link App.maskErrors}).
 *
 * It does not end the attempts: a job or a step that throws it is tried again, up to its
 * `attempts`.
 *
 * @example
 * ```ts
 * if (balance < price) throw new Refused('There is not enough money', { code: 'TOO_LITTLE' })
 * ```
 */
export class Refused extends HttpError {
  override readonly name = 'Refused'

  constructor(
    message: string,
    {
      code = 'REFUSED',
      status = 422,
      details,
    }: { code?: string; status?: number; details?: unknown } = {},
  ) {
    super(message, { code, status, ...(details !== undefined && { details }) })
  }
}

/**
 * A call of the gateway from your own code, such as `gateway.start()`, cannot be carried out.
 * `code` is one of PROTOCOL.md, "Envelopes": `JOB_NOT_FOUND`, `INVALID_ARGUMENT`, `CONFLICT`,
 * `SERVICE_UNAVAILABLE`…
 */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly code: string
  /** The places in the arguments that do not fit; absent if another thing was refused. */
  readonly details?: unknown

  constructor(message: string, { code, details }: Refusal, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    if (details !== undefined) this.details = details
  }
}
