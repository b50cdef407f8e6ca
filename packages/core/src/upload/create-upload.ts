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

/** An upload as a screen shows it. */
export interface UploadView<TOutput> {
  /**
   * `sending` while bytes go out, `answering` while all are out and the server is at work, `success` or `error`
   * then. `idle` before, and again after `cancel()`.
   */
  status: 'idle' | 'sending' | 'answering' | 'success' | 'error'
  /** How much is out, in percent: 100 once all is. */
  progress: number
  sentBytes: number
  totalBytes: number
  /** What the newest upload was answered; `null` until it was. */
  data: TOutput | null
  /** Why the newest upload failed. */
  error: HeadwayError | null
}

/** What an upload may be told. */
export type SendOptions = Pick<CallOptions, 'signal' | 'timeoutMs' | 'headers'>

/** Files on their way to one mutation, and how far they are. */
export interface Upload<TArgs, TOutput> extends Store<UploadView<TOutput>> {
  /** The view now, then each change. Never completes, never errors: what went wrong is in the view. */
  readonly state$: Observable<UploadView<TOutput>>
  /**
   * Sends the files in `args`, and what else is in them. The promise rejects with `RpcError`, and with
   * `TypeError` about what cannot be sent; nobody has to await it, since `error` says the same. Uploads do not
   * wait for each other; what is shown is the newest one.
   */
  send(args: TArgs, options?: SendOptions): Promise<TOutput>
  /** Gives the newest upload up, if it is under way: its promise rejects with an `AbortError`. */
  cancel(): void
}

/** Nothing sent yet. */
export const idleUpload: UploadView<never> = {
  status: 'idle',
  progress: 0,
  sentBytes: 0,
  totalBytes: 0,
  data: null,
  error: null,
}

/**
 * Calls a mutation that takes files, and says how much of them is out. `client.call` sends files, too, and says
 * nothing meanwhile.
 *
 * In browsers the bytes are those on the wire; a client with a `fetch` of its own sends by that, and knows when all
 * is out.
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
  // The type of rest arguments is unknown as long as `TArgs` is.
  const call = client.call as (
    what: MutationDefinition<TArgs, TOutput>,
    args: TArgs,
    options: CallOptions,
  ) => Promise<TOutput>
  let newest: AbortController | null = null

  const begin = async (args: TArgs, options: SendOptions): Promise<TOutput> => {
    const giveUp = new AbortController()
    newest = giveUp
    let isOver = false
    const show = (fields: Partial<UploadView<TOutput>>): void => {
      if (newest === giveUp) store.set({ ...store.getSnapshot(), ...fields })
    }
    const onSent = ({ sentBytes, totalBytes }: Sent): void => {
      // A server may answer before all is out, and the rest is sent for nothing.
      if (isOver) return
      const progress = Math.floor((100 * sentBytes) / Math.max(1, totalBytes))
      const status = sentBytes === totalBytes ? 'answering' : 'sending'
      show({ status, progress, sentBytes, totalBytes })
    }
    const forward = (): void => giveUp.abort(options.signal?.reason)
    options.signal?.addEventListener('abort', forward)
    if (options.signal?.aborted) forward()
    try {
      const totalBytes = filesIn(args).reduce((sum, { file }) => sum + file.size, 0)
      store.set({ ...idleUpload, status: 'sending', totalBytes })
      const { signal } = giveUp
      const data = await call(mutation, args, {
        ...options,
        signal,
        wrapFetch: countSent(onSent),
      })
      isOver = true
      show({ status: 'success', data })
      return data
    } catch (error) {
      isOver = true
      // Whoever gave it up knows why.
      if (giveUp.signal.aborted) show(idleUpload)
      else show({ status: 'error', error: toHeadwayError(error) })
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
    cancel: () => newest?.abort(new DOMException('The upload was given up', 'AbortError')),
  }
}
