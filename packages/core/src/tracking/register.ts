import type { Session } from '../connection/session.ts'
import { RpcError } from '../errors.ts'
import { type JobSnapshot, parseJobSnapshot } from '../protocol/snapshots.ts'
import { type RequestOptions, request } from '../rpc/request.ts'

/** How a registration ended. Only `failed` is worth another try on the same session. */
export type Registered =
  | { type: 'answered'; snapshot: JobSnapshot }
  /** There is no such job. */
  | { type: 'missed' }
  /** The server will not let this client follow the job. */
  | { type: 'refused'; code: string }
  /** The server does not know the session. */
  | { type: 'sessionLost'; error: RpcError }
  | { type: 'failed'; retryAfterMs: number | null }

const sessionCodes: ReadonlySet<string> = new Set([
  'SESSION_NOT_FOUND',
  'INVALID_SESSION_SECRET',
  'SESSION_PRINCIPAL_MISMATCH',
])

/** Registers one job on a session. Its id is the job's own, so that a server can share frames between clients. */
export async function registerJob(
  options: RequestOptions,
  session: Session,
  jobId: string,
  signal: AbortSignal,
): Promise<Registered> {
  try {
    const body = {
      session_id: session.id,
      session_secret: session.secret,
      id: jobId,
      job_id: jobId,
    }
    const data = await request(options, { method: 'POST', path: '/subscribe-job', body, signal })
    const snapshot = parseJobSnapshot(data)
    return snapshot instanceof Error
      ? { type: 'refused', code: 'PROTOCOL' }
      : { type: 'answered', snapshot }
  } catch (error) {
    if (error instanceof RpcError) return fromRefusal(error)
    throw error
  }
}

function fromRefusal(error: RpcError): Registered {
  const { code, status, retryAfterMs } = error
  if (sessionCodes.has(code)) return { type: 'sessionLost', error }
  if (code === 'JOB_NOT_FOUND') return { type: 'missed' }
  const isFinal =
    status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
  return isFinal ? { type: 'refused', code } : { type: 'failed', retryAfterMs }
}

/** Ends a registration. What the server says to it changes nothing: it ends with the session anyway. */
export async function unregisterJob(
  options: RequestOptions,
  session: Session,
  jobId: string,
): Promise<void> {
  const body = { session_id: session.id, session_secret: session.secret, id: jobId, kind: 'job' }
  await request(options, { method: 'POST', path: '/unsubscribe', body }).catch(() => undefined)
}
