import type { Api } from './authorized-fetch.ts'
import { request } from './request.ts'

/** What a call may be told. */
export interface CallOptions {
  /** Gives up: the promise rejects with the signal's reason. What the server has begun it may finish. */
  signal?: AbortSignal | undefined
  /** How long it may take in all, in milliseconds; the client's `callTimeoutMs` when left out. */
  timeoutMs?: number | undefined
  headers?: Record<string, string>
}

/** Calls one remote function and returns what it answers. Rejects with `RpcError`. Never waits for the stream. */
export async function call(
  api: Api,
  name: string,
  args: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  const path = `/rpc/${encodeURIComponent(name)}`
  const { data } = await request(api, { method: 'POST', path, body: { args }, ...options })
  return data
}
