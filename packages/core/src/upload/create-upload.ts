import type { Observable } from 'rxjs'
import type { Client } from '../client.ts'
import type { MutationDefinition } from '../definitions/definition.ts'
import type { HeadwayError } from '../errors.ts'
import type { CallOptions } from '../rpc/call.ts'
import { filesIn } from '../rpc/files.ts'
import { createStore, type Store, toObservable } from '../store/store.ts'
import { toHeadwayError } from '../tracking/start.ts'
import { countSent } from './count-sent.ts'
import type { Sent } from './sent.ts'

/** The state of an upload. */
export interface UploadView<TOutput> {
  /**
   * `sending` until all bytes are sent, `answering` while the server works, then `success` or
   * `error`. `idle` before the first upload, and after `cancel()`.
   */
  status: 'idle' | 'sending' | 'answering' | 'success' | 'error'
  /** The sent part in percent, 0 to 100. */
  progress: number
  sentBytes: number
  totalBytes: number
  /** The answer to the newest upload; `null` until it came. */
  data: TOutput | null
  /** The error of the newest upload; `null` unless it failed. */
  error: HeadwayError | null
}

/** Options of one upload. */
export type SendOptions = Pick<CallOptions, 'signal' | 'timeoutMs' | 'headers'>

/** Uploads of files to one mutation, and the state of the newest one. */
export interface Upload<TArgs, TOutput> extends Store<UploadView<TOutput>> {
  /**
   * Emits the current view, then each change. Never completes, never errors: the view has the
   * error.
   */
  readonly state$: Observable<UploadView<TOutput>>
  /**
   * Sends the arguments with their files. The promise rejects with `RpcError`, and with `TypeError`
   * for arguments that cannot be sent. You can ignore it, since the view has the same error.
   * Uploads run side by side; the view shows the newest one.
   */
  send(args: TArgs, options?: SendOptions): Promise<TOutput>
  /** Aborts the newest upload if it is under way. Its promise rejects with an `AbortError`. */
  cancel(): void
}

/** The view before the first upload. */
export const idleUpload: UploadView<never> = {
  status: 'idle',
  progress: 0,
  sentBytes: 0,
  totalBytes: 0,
  data: null,
  error: null,
}

/**
 * Calls a mutation that takes files, and reports the upload progress. `client.call` sends files
 * without progress.
 *
 * In browsers `sentBytes` counts the bytes on the wire. A client with its own `fetch` option
 * reports no progress until the whole body is sent.
 *
 * @example
 * ```ts
 * const upload = createUpload(client, importUsers)
 * upload.state$.subscribe(({ status, progress }) => console.log(status, progress))
 * const { job } = await upload.send({ file: input.files[0] })
 * ```
 * @see PROTOCOL.md, "Uploads"
 */
export function createUpload<TArgs, TOutput>(
  client: Pick<Client, 'call'>,
  mutation: MutationDefinition<TArgs, TOutput>,
): Upload<TArgs, TOutput> {
  const store = createStore<UploadView<TOutput>>(idleUpload)
  // Rest parameters cannot depend on the open type parameter `TArgs`.
  const call = client.call as (
    what: MutationDefinition<TArgs, TOutput>,
    args: TArgs,
    options: CallOptions,
  ) => Promise<TOutput>
  let newest: AbortController | null = null

  const begin = async (args: TArgs, options: SendOptions): Promise<TOutput> => {
    const controller = new AbortController()
    newest = controller
    let isOver = false
    const update = (fields: Partial<UploadView<TOutput>>): void => {
      if (newest === controller) store.set({ ...store.getSnapshot(), ...fields })
    }
    const onSent = ({ sentBytes, totalBytes }: Sent): void => {
      // A server may answer before it has the whole body. The rest must not change the view.
      if (isOver) return
      const progress = Math.floor((100 * sentBytes) / Math.max(1, totalBytes))
      const status = sentBytes === totalBytes ? 'answering' : 'sending'
      update({ status, progress, sentBytes, totalBytes })
    }
    const forward = (): void => controller.abort(options.signal?.reason)
    options.signal?.addEventListener('abort', forward)
    if (options.signal?.aborted) forward()
    try {
      const totalBytes = filesIn(args).reduce((sum, { file }) => sum + file.size, 0)
      store.set({ ...idleUpload, status: 'sending', totalBytes })
      const { signal } = controller
      const data = await call(mutation, args, {
        ...options,
        signal,
        wrapFetch: countSent(onSent),
      })
      isOver = true
      update({ status: 'success', data })
      return data
    } catch (error) {
      isOver = true
      // The caller aborted it and needs no error.
      if (controller.signal.aborted) update(idleUpload)
      else update({ status: 'error', error: toHeadwayError(error) })
      throw error
    } finally {
      options.signal?.removeEventListener('abort', forward)
    }
  }
  return {
    state$: toObservable(store),
    getSnapshot: store.getSnapshot,
    getServerSnapshot: () => idleUpload,
    subscribe: store.subscribe,
    send(args, options = {}) {
      const sending = begin(args, options)
      sending.catch(() => undefined)
      return sending
    },
    cancel: () => newest?.abort(new DOMException('The upload was cancelled', 'AbortError')),
  }
}
