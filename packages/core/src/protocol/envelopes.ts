import { ProtocolError } from '../errors.ts'
import { isRecord } from './json.ts'
import type { TargetKind } from './server-event.ts'

/** Why a request was refused. Absent members are left out, never `null`. @see PROTOCOL.md, "Envelopes" */
export interface ErrorBody {
  /** For programs: `NOT_FOUND`, `INVALID_ARGUMENT`… */
  code: string
  /** For people. */
  message: string
  retry_after_secs?: number
  details?: unknown
}

/** The body of every JSON answer. `request_id` comes with envelope A (calls) and not with B (the subscribe family). */
export type Envelope<T> =
  | { success: true; data?: T; request_id?: string /** Of a query's result. */; revision?: number }
  | { success: false; error: ErrorBody; request_id?: string }

/** `POST /_api/rpc/{name}` */
export interface RpcRequest {
  args?: unknown
}

/** What the RPC that starts a job answers in `data`. */
export interface JobCreated {
  job_id: string
}

/** What the RPC that starts a workflow answers in `data`. */
export interface WorkflowCreated {
  workflow_id: string
}

/** `POST /_api/subscribe-job` */
export interface SubscribeJobRequest {
  session_id: string
  session_secret: string
  /** The client's own name for the registration, without prefix. Ours is the job's id. */
  id: string
  job_id: string
}

/** `POST /_api/subscribe-workflow` */
export interface SubscribeWorkflowRequest {
  session_id: string
  session_secret: string
  id: string
  workflow_id: string
}

/** `POST /_api/subscribe` */
export interface SubscribeRequest {
  session_id: string
  session_secret: string
  id: string
  /** The query's name. */
  function: string
  args: unknown
}

/** `POST /_api/subscribe-batch` */
export interface SubscribeBatchRequest {
  session_id: string
  session_secret: string
  items: BatchItem[]
}

/** One registration of a batch: what its own endpoint would be sent, and its kind. */
export type BatchItem =
  | { kind: 'job'; id: string; job_id: string }
  | { kind: 'workflow'; id: string; workflow_id: string }
  | { kind: 'query'; id: string; function: string; args: unknown }

/**
 * What became of one registration of a batch. Answers come in the order of the items. `kind` is the item's; absent on
 * older servers, and where the server does not know the item's.
 */
export type BatchAnswer =
  | { kind?: TargetKind; id: string; success: true; data?: unknown; revision?: number }
  | { kind?: TargetKind; id: string; success: false; error: ErrorBody }

/** `POST /_api/unsubscribe` */
export interface UnsubscribeRequest {
  session_id: string
  session_secret: string
  id: string
  /** What `id` names. Absent: a query, as Forge has it. */
  kind?: TargetKind
}

/** `POST /_api/unsubscribe-batch` */
export interface UnsubscribeBatchRequest {
  session_id: string
  session_secret: string
  items: UnsubscribeItem[]
}

/** One registration that a batch ends. */
export interface UnsubscribeItem {
  kind: TargetKind
  id: string
}

/** `POST /_api/jobs/{id}/cancel` */
export interface CancelRequest {
  reason?: string
}

/** Reads an envelope from parsed JSON; what is none comes back as a {@link ProtocolError}. */
export function parseEnvelope(value: unknown): Envelope<unknown> | ProtocolError {
  if (isRecord(value) && value.success === true) {
    const { data = null, revision } = value
    return { success: true, data, ...(typeof revision === 'number' && { revision }) }
  }
  if (isRecord(value) && value.success === false) {
    const error = parseErrorBody(value.error)
    if (error) return { success: false, error }
  }
  return new ProtocolError(`An answer is no envelope: ${JSON.stringify(value)?.slice(0, 200)}`)
}

/** Reads an error body, bare (a refused stream) or from an envelope; `null` when it is none. */
export function parseErrorBody(value: unknown): ErrorBody | null {
  if (!isRecord(value) || typeof value.code !== 'string') return null
  return {
    code: value.code,
    message: typeof value.message === 'string' ? value.message : value.code,
    ...(typeof value.retry_after_secs === 'number' && { retry_after_secs: value.retry_after_secs }),
    ...(value.details !== undefined && { details: value.details }),
  }
}
