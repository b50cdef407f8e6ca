import { filesIn, toForm } from './files.ts'
import { request } from './request.ts'
import { refuseFiles } from './sendable.ts'
import type { Transport } from './transport.ts'

/** Options of one call. */
export interface CallOptions {
  /**
   * Aborts the call: the promise rejects with the signal's reason. The server may still finish its
   * work.
   */
  signal?: AbortSignal | undefined
  /**
   * The time limit of the whole call, in milliseconds. Default: the client's `callTimeoutMs`; with
   * files, five minutes or `callTimeoutMs`, if that is longer.
   */
  timeoutMs?: number | undefined
  headers?: Record<string, string>
  /**
   * Receives the token that the call is sent with. If it throws, the call fails with that error.
   */
  onSent?: ((token: string | null | undefined) => void) | undefined
  /** Wraps the `fetch` of this call: `createUpload` counts bytes that way. */
  wrapFetch?: ((fetch: typeof globalThis.fetch) => typeof globalThis.fetch) | undefined
}

/** The members of a start's body beside the arguments. */
export interface Labels {
  title?: string | undefined
  tags?: readonly string[] | undefined
}

/**
 * Calls one remote function. Resolves with parsed JSON or a file: a `File` if it has a name, else a
 * `Blob`.
 */
export type Call = (
  transport: Transport,
  name: string,
  args: unknown,
  options?: CallOptions & { body?: Labels },
) => Promise<unknown>

/**
 * Calls a function with JSON arguments. Rejects with `RpcError`, and with `TypeError` for arguments
 * that JSON cannot hold, such as files. Does not wait for the stream.
 */
export const callWithJson: Call = async (transport, name, args, options = {}) => {
  refuseFiles(args, name)
  const { wrapFetch, body, ...rest } = options
  const post = {
    method: 'POST',
    path: toCallPath(name),
    body: { args, ...body },
    ...rest,
  } as const
  const { data } = await request(withFetch(transport, wrapFetch), post)
  return data
}

/** Calls a function whose arguments may contain files, at any depth. Files are sent as a form. */
export const callWithFiles: Call = async (transport, name, args, options = {}) => {
  const files = filesIn(args)
  if (files.length === 0) return callWithJson(transport, name, args, options)
  const { wrapFetch, body, ...rest } = options
  if (body?.title !== undefined || body?.tags) {
    throw new TypeError(`${name} cannot have a title or tags: its arguments contain files`)
  }
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
