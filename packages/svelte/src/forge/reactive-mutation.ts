import { createStore, type NoArgs } from '@headway/core'
import { toReadable } from '@headway/svelte'
import { type ForgeError, toForgeError } from './errors.ts'

/** A remote call as it goes, and how to make it: members are followed wherever they are read. */
export interface ReactiveMutation<TArgs, TOutput> {
  /** Calls. Rejects as the function does; nobody has to catch it, since `error` says the same. */
  readonly mutate: (args: TArgs) => Promise<TOutput>
  /** A call is under way. */
  readonly pending: boolean
  /** Why the newest call failed. */
  readonly error: ForgeError | null
}

interface Shown {
  pending: boolean
  error: ForgeError | null
}

/**
 * How the calls of one function go. Calls do not wait for each other; what is shown is the newest one.
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
      // What it throws at once is an error of the call as well.
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
