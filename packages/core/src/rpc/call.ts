import { filesIn, toForm } from './files.ts'
import { request } from './request.ts'
import { refuseFiles } from './sendable.ts'
import type { Transport } from './transport.ts'

/** Options of one call. */
export interface CallOptions {
  /**
   * Gives up: the promise rejects with the signal's reason. The server may finish what it has
   * begun.
   */
  signal?: AbortSignal | undefined
  /**
   * The longest time for the whole call, in milliseconds. Default: the client's `callTimeoutMs`,
   * and five minutes with files.
   */
  timeoutMs?: number | undefined
  headers?: Record<string, string>
  /** Receives the token that goes out with the call; an error that it throws ends the call. */
  onSent?: ((token: string | null | undefined) => void) | undefined
  /** Wraps the `fetch` of this call: `createUpload` counts bytes that way. */
  wrapFetch?: ((fetch: typeof globalThis.fetch) => typeof globalThis.fetch) | undefined
}

/**
 * Calls one remote function. The answer is JSON, or a file: a `File` when it has a name, else a
 * `Blob`.
 */
export type Call = (
  transport: Transport,
  name: string,
  args: unknown,
  options?: CallOptions,
) => Promise<unknown>

/**
 * Calls a function whose arguments are JSON. Rejects with `RpcError`, and with `TypeError` for
 * arguments that cannot be sent, such as files. Never waits for the stream.
 */
export const callWithJson: Call = async (transport, name, args, options = {}) => {
  refuseFiles(args, name)
  const { wrapFetch, ...rest } = options
  const asked = { method: 'POST', path: toCallPath(name), body: { args }, ...rest } as const
  const { data } = await request(withFetch(transport, wrapFetch), asked)
  return data
}

/** Calls a function whose arguments may hold files, at any depth: they go out as a form then. */
export const callWithFiles: Call = async (transport, name, args, options = {}) => {
  const files = filesIn(args)
  if (files.length === 0) return callWithJson(transport, name, args, options)
  const { wrapFetch, ...rest } = options
  const { data } = await request(withFetch(transport, wrapFetch), {
    method: 'POST',
    path: `${toCallPath(name)}/upload`,
    body: toForm(args, files),
    timeoutMs: transport.options.uploadTimeoutMs,
    ...rest,
  })
  return data
}

function toCallPath(name: string): string {
  return `/rpc/${encodeURIComponent(name)}`
}

function withFetch(transport: Transport, wrap: CallOptions['wrapFetch']): Transport {
  if (!wrap) return transport
  const { options } = transport
  return { ...transport, options: { ...options, fetch: wrap(options.fetch) } }
}
