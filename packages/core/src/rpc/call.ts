import { type RequestOptions, request } from './request.ts'

/** Calls one remote function and returns what it answers. Rejects with {@link RpcError}. Never waits for the stream. */
export function call(
  options: RequestOptions,
  name: string,
  args: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  return request(options, {
    method: 'POST',
    path: `/rpc/${encodeURIComponent(name)}`,
    body: { args },
    ...(signal && { signal }),
  })
}
