/** The gateway cannot be set up as it was asked to: the message names the option and the remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

/** The database could not be started; the message is one line that says what to do. */
export class DatabaseStartFailed extends Error {
  override readonly name = 'DatabaseStartFailed'
}

/**
 * The tables of an engine are missing, or older than it needs. An engine rejects with it when it was not told to
 * migrate: it is then started again, in one process at a time, and told to. The message says what was found.
 */
export class TablesOutdated extends Error {
  override readonly name = 'TablesOutdated'
}

/** What `ctx.signal` aborts with when somebody asked to cancel the job or workflow. The message is the reason. */
export class CancelRequested extends Error {
  override readonly name = 'CancelRequested'
}

/** A step of a workflow has failed, as often as it was tried. The message is that of what it threw last. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed'
  readonly step: string

  constructor(step: string, message: string) {
    super(message)
    this.step = step
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

/** What a custom `authenticate` throws when a request says something that is not true: it is answered 401. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized'
}

/** What a refusal says. @see PROTOCOL.md, "Envelopes" */
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

/** A request is refused: thrown by whoever sees why, turned into an envelope where the answer is written. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError'
  readonly refusal: Refusal

  constructor(message: string, refusal: Refusal, options?: ErrorOptions) {
    super(message, options)
    this.refusal = refusal
  }
}

/**
 * What a query or a mutation throws when it says no: the message goes to whoever asked. What else it throws
 * is a fault, of which nothing is told.
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
