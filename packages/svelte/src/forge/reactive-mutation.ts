import { createStore, type NoArgs } from '@headway/core'
import { toReadable } from '@headway/svelte'
import { type ForgeError, toForgeError } from './errors.ts'

/**
 * The state of a function's newest call, and `mutate` to call it. Effects and templates track it.
 */
export interface ReactiveMutation<TArgs, TOutput> {
  /**
   * Calls the function. Rejects as the function does. You can ignore it, since `error` holds the
   * same.
   */
  readonly mutate: (args: TArgs) => Promise<TOutput>
  /** True while a call is under way. */
  readonly pending: boolean
  /** The newest call's error. */
  readonly error: ForgeError | null
}

interface Shown {
  pending: boolean
  error: ForgeError | null
}

/**
 * The state of a function's calls. Calls run side by side; the newest one is shown.
 *
 * @example
 * ```svelte
 * const creation = toReactiveMutation(createUser)
 * <button disabled={creation.pending} onclick={() => creation.mutate({ name })}>Create</button>
 * ```
 */
export function toReactiveMutation<TArgs = NoArgs, TOutput = unknown>(
  call: (args: TArgs) => Promise<TOutput>,
): ReactiveMutation<TArgs, TOutput> {
  const store = createStore<Shown>({ pending: false, error: null })
  const shown = toReadable(store)
  let newest: Promise<TOutput> | null = null
  return {
    mutate(args) {
      // In an async function, so that a synchronous error rejects too.
      const calling = (async () => call(args))()
      newest = calling
      const show = (next: Shown): void => {
        if (newest === calling) store.set(next)
      }
      show({ pending: true, error: null })
      calling.then(
        () => show({ pending: false, error: null }),
        (error: unknown) => show({ pending: false, error: toForgeError(error) }),
      )
      return calling
    },
    get pending() {
      return shown.current.pending
    },
    get error() {
      return shown.current.error
    },
  }
}
