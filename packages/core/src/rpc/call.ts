import type { Api } from './authorized-fetch.ts'
import { filesIn, toForm } from './files.ts'
import { request } from './request.ts'

/** What a call may be told. */
export interface CallOptions {
  /** Gives up: the promise rejects with the signal's reason. What the server has begun it may finish. */
  signal?: AbortSignal | undefined
  /**
   * How long it may take in all, in milliseconds; when left out, the client's `callTimeoutMs`, and five minutes
   * with files.
   */
  timeoutMs?: number | undefined
  headers?: Record<string, string>
  /** Told the token that it is sent with; what it throws is thrown. */
  onSent?: ((token: string | null | undefined) => void) | undefined
  /** Who sends this call, made of who would: `createUpload` counts bytes that way. */
  transport?: ((fetch: typeof globalThis.fetch) => typeof globalThis.fetch) | undefined
}

/**
 * Calls one remote function and returns what it answers: JSON, or a file: a `File` when it has a name, else a `Blob`.
 * Files may stand anywhere in the arguments. Rejects with `RpcError`, and with `TypeError` about arguments that
 * cannot be sent. Never waits for the stream.
 */
export async function call(
  api: Api,
  name: string,
  args: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  const { transport, ...rest } = options
  const path = `/rpc/${encodeURIComponent(name)}`
  const files = filesIn(args)
  const { fetch, uploadTimeoutMs } = api.options
  const via = transport ? { ...api, options: { ...api.options, fetch: transport(fetch) } } : api
  const { data } = await request(
    via,
    files.length === 0
      ? { method: 'POST', path, body: { args }, ...rest }
      : {
          method: 'POST',
          path: `${path}/upload`,
          body: toForm(args, files),
          timeoutMs: uploadTimeoutMs,
          ...rest,
        },
  )
  return data
}
