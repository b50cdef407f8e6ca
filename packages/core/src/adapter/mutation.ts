import type { Client } from '../client.ts'
import type { MutationDefinition, QueryDefinition } from '../definitions/definition.ts'
import type { HeadwayError } from '../errors.ts'
import type { CallOptions } from '../rpc/call.ts'
import { createStore, type Store } from '../store/store.ts'
import { toHeadwayError } from '../tracking/start.ts'

/** The state of a remote call. */
export interface MutationView<TOutput> {
  /** True while a call is under way. */
  pending: boolean
  /** The newest call's answer; `null` until there is one. */
  data: TOutput | null
  /** The newest call's error. `null` also for a call that was aborted. */
  error: HeadwayError | null
}

/** A function that calls the server, and the state of its newest call. */
export interface Mutation<TArgs, TOutput> extends Store<MutationView<TOutput>> {
  /**
   * Calls the server. The promise rejects with `RpcError`. You can ignore it, since the view has
   * the same error. Calls run side by side; the view shows the newest one.
   */
  mutate(args: TArgs, options?: CallOptions): Promise<TOutput>
}

/** The view before the first call. */
const idle: MutationView<never> = { pending: false, data: null, error: null }

/**
 * A mutation, or a query that is called once, as a store.
 *
 * @param keepsData true to show the previous data until a newer answer, as a query does
 */
export function createMutation<TArgs, TOutput>(
  client: Client,
  definition: MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
  keepsData = false,
): Mutation<TArgs, TOutput> {
  const store = createStore<MutationView<TOutput>>(idle)
  // Rest parameters cannot depend on the open type parameter `TArgs`.
  const call = client.call as (
    mutation: typeof definition,
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
      const update = (fields: Partial<MutationView<TOutput>>): void => {
        if (newest === calling) store.set({ ...store.getSnapshot(), ...fields })
      }
      update({ pending: true, error: null, ...(!keepsData && { data: null }) })
      calling.then(
        (data) => update({ pending: false, data }),
        (error: unknown) => {
          // The caller aborted it and needs no error.
          const isAborted = options?.signal?.aborted === true
          update({ pending: false, error: isAborted ? null : toHeadwayError(error) })
        },
      )
      return calling
    },
  }
}
