import type { Client } from '../client.ts'
import type { MutationDefinition, QueryDefinition } from '../definitions/definition.ts'
import type { HeadwayError } from '../errors.ts'
import type { CallOptions } from '../rpc/call.ts'
import { createStore, type Store } from '../store/store.ts'
import { toHeadwayError } from '../tracking/start.ts'

/** A remote call as a screen shows it. */
export interface MutationView<TOutput> {
  /** A call is under way. */
  pending: boolean
  /** What the newest call gave; `null` until it has given something. */
  data: TOutput | null
  /** Why the newest call failed; `null` also for one that its caller gave up. */
  error: HeadwayError | null
}

/** A remote call, and how it goes. */
export interface Mutation<TArgs, TOutput> extends Store<MutationView<TOutput>> {
  /**
   * Calls. The promise rejects with `RpcError`; nobody has to await it, since `error` says the same.
   * Calls do not wait for each other; what is shown is the newest one.
   */
  mutate(args: TArgs, options?: CallOptions): Promise<TOutput>
}

/** Nothing called yet. */
const idle: MutationView<never> = { pending: false, data: null, error: null }

/**
 * How the calls of one name go.
 *
 * @param keepsData whether what the call before gave stays until there is something newer, as a query's result does
 */
export function createMutation<TArgs, TOutput>(
  client: Client,
  definition: MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
  keepsData = false,
): Mutation<TArgs, TOutput> {
  const store = createStore<MutationView<TOutput>>(idle)
  // The type of rest arguments is unknown as long as `TArgs` is.
  const call = client.call as (
    what: typeof definition,
    args: TArgs,
    options?: CallOptions,
  ) => Promise<TOutput>
  let newest: Promise<TOutput> | null = null
  return {
    getSnapshot: store.getSnapshot,
    getServerSnapshot: () => idle,
    subscribe: store.subscribe,
    mutate(args, options) {
      const calling = call(definition, args, options)
      newest = calling
      const show = (fields: Partial<MutationView<TOutput>>): void => {
        if (newest === calling) store.set({ ...store.getSnapshot(), ...fields })
      }
      show({ pending: true, error: null, ...(!keepsData && { data: null }) })
      calling.then(
        (data) => show({ pending: false, data }),
        (error: unknown) => {
          // Whoever gave it up knows why.
          const isGivenUp = options?.signal?.aborted === true
          show({ pending: false, error: isGivenUp ? null : toHeadwayError(error) })
        },
      )
      return calling
    },
  }
}
