import { isRecord, type JobSnapshot, parseJobSnapshot } from '@headway/core/protocol'
import type { Stream } from './stream.ts'

/** An answer of a gateway. */
export interface Answered {
  status: number
  headers: Headers
  body: unknown
}

/** Sends a POST with JSON to a path below `/_api`. */
export async function post(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${url}/_api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Sends a GET to a path below `/_api`. */
export async function get(url: string, path: string): Promise<Answered> {
  const response = await fetch(`${url}/_api${path}`)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** The title and the tags of a run, for lists. */
export interface Labels {
  title?: string
  tags?: readonly string[]
}

/** Starts a job and returns its id. */
export async function start(
  url: string,
  name: string,
  args: unknown = null,
  labels: Labels = {},
): Promise<string> {
  return toJobId(dataOf(await post(url, `/rpc/${name}`, { args, ...labels })))
}

/** Starts a job under an idempotency key and returns its id. */
export async function startUnder(url: string, name: string, key: string): Promise<string> {
  const headers = { 'x-idempotency-key': key }
  return toJobId(dataOf(await post(url, `/rpc/${name}`, { args: null }, headers)))
}

/** The id in the answer to the start of a job. Throws if there is none. */
export function toJobId(data: unknown): string {
  if (isRecord(data) && typeof data.job_id === 'string') return data.job_id
  throw new Error(`The start answered ${JSON.stringify(data)}`)
}

/** Registers a job on a stream, under the job's id, and returns the snapshot of the answer. */
export async function subscribe(url: string, stream: Stream, jobId: string): Promise<JobSnapshot> {
  const body = { ...stream.session, id: jobId, job_id: jobId }
  const snapshot = toSnapshot(dataOf(await post(url, '/subscribe-job', body)))
  stream.hear(snapshot)
  return snapshot
}

/** Cancels a job and returns the snapshot of the answer. */
export async function cancel(url: string, jobId: string, reason?: string): Promise<JobSnapshot> {
  return toSnapshot(dataOf(await post(url, `/jobs/${jobId}/cancel`, { reason })))
}

/** Reads the current snapshot of a job. */
export async function read(url: string, jobId: string): Promise<JobSnapshot> {
  return toSnapshot(dataOf(await get(url, `/jobs/${jobId}`)))
}

/** The data of an answer. Throws if it is a refusal. */
export function dataOf({ status, body }: Answered): unknown {
  if (isRecord(body) && body.success === true) return body.data
  throw new Error(`${status} ${JSON.stringify(body)}`)
}

function toSnapshot(data: unknown): JobSnapshot {
  const snapshot = parseJobSnapshot(data)
  if (snapshot instanceof Error) throw snapshot
  return snapshot
}
