import { ProtocolError } from '../errors.ts'
import { isRecord, numbersIn } from './json.ts'
import type { TargetKind } from './target.ts'

/**
 * The error of a refused request. Absent members are left out, never `null`.
 * @see PROTOCOL.md, "Envelopes"
 */
export interface ErrorBody {
  /** For programs, such as `NOT_FOUND` or `INVALID_ARGUMENT`. */
  code: string
  /** For people. */
  message: string
  retry_after_secs?: number
  details?: unknown
}

/**
 * The body of every JSON answer. Envelope A (calls) has a `request_id`, envelope B (the subscribe
 * family) has none.
 */
export type Envelope<T> =
  | {
      success: true
      data?: T
      request_id?: string
      /** Only for the result of a query. */
      revision?: number
      /** The server's time, in epoch milliseconds. Only in envelope A; absent on Forge. */
      now?: number
    }
  | { success: false; error: ErrorBody; request_id?: string }

/** `POST /_api/rpc/{name}` */
export interface RpcRequest {
  args?: unknown
  /** Only of a start. @see PROTOCOL.md, "Lists" */
  title?: string
  /** Only of a start. */
  tags?: readonly string[]
}

/** The `data` of the answer to a job's start. */
export interface JobCreated {
  job_id: string
}

/** The `data` of the answer to a workflow's start. */
export interface WorkflowCreated {
  workflow_id: string
}

/** `POST /_api/subscribe-job` */
export interface SubscribeJobRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  /** The client's name for the registration, without prefix. Our client uses the job's id. */
  id: string
  job_id: string
}

/** `POST /_api/subscribe-workflow` */
export interface SubscribeWorkflowRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  id: string
  workflow_id: string
}

/** `POST /_api/subscribe` */
export interface SubscribeRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  id: string
  /** The query's name. */
  function: string
  args: unknown
}

/** `POST /_api/subscribe-batch` */
export interface SubscribeBatchRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  items: BatchItem[]
}

/** One registration of a batch: its kind, and the members that its own endpoint takes. */
export type BatchItem =
  | { kind: 'job'; id: string; job_id: string }
  | { kind: 'workflow'; id: string; workflow_id: string }
  | { kind: 'query'; id: string; function: string; args: unknown }

/**
 * The answer to one registration of a batch. Answers come in the order of the items. `kind` is the
 * item's. Older servers omit it, and every server omits a kind that it does not know.
 */
export type BatchAnswer =
  | { kind?: TargetKind; id: string; success: true; data?: unknown; revision?: number }
  | { kind?: TargetKind; id: string; success: false; error: ErrorBody }

/** `POST /_api/unsubscribe` */
export interface UnsubscribeRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  id: string
  /** The kind of the target that `id` names. Absent for a query, as on Forge. */
  kind?: TargetKind
}

/** `POST /_api/unsubscribe-batch` */
export interface UnsubscribeBatchRequest {
  session_id: string
  session_secret: string
  /** The number of the request within its session. @see PROTOCOL.md, "Several servers" */
  seq?: number
  items: UnsubscribeItem[]
}

/** One registration to end. */
export interface UnsubscribeItem {
  kind: TargetKind
  id: string
}

/** `POST /_api/jobs/{id}/cancel` */
export interface CancelRequest {
  reason?: string
}

/** Reads an envelope from parsed JSON. Returns a {@link ProtocolError} for anything else. */
export function parseEnvelope(value: unknown): Envelope<unknown> | ProtocolError {
  if (isRecord(value) && value.success === true) {
    const { data = null } = value
    return { success: true, data, ...numbersIn(value, 'revision', 'now') }
  }
  if (isRecord(value) && value.success === false) {
    const error = parseErrorBody(value.error)
    if (error) return { success: false, error }
  }
  return new ProtocolError(`The answer is not an envelope: ${JSON.stringify(value)?.slice(0, 200)}`)
}

/** Reads an error body, bare (a refused stream) or from an envelope. `null` for anything else. */
export function parseErrorBody(value: unknown): ErrorBody | null {
  if (!isRecord(value) || typeof value.code !== 'string') return null
  return {
    code: value.code,
    message: typeof value.message === 'string' ? value.message : value.code,
    ...numbersIn(value, 'retry_after_secs'),
    ...(value.details !== undefined && { details: value.details }),
  }
}
