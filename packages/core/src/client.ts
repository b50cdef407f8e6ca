import { createConnection } from './connection/connection.ts'
import type { ConnectionState } from './connection/connection-state.ts'
import type { JobDefinition } from './definitions.ts'
import { type ClientOptions, resolveOptions } from './options.ts'
import { call } from './rpc/call.ts'
import type { Store } from './store/store.ts'
import type { JobHandle } from './tracking/handle.ts'
import { createRegistry, type Registry } from './tracking/registry.ts'
import { attachJob, startJob } from './tracking/start.ts'

/** Everything a page asks of its server: over one connection, whatever is followed. */
export interface Client {
  /** Starts a job, exactly once, and follows it. Returns at once; what becomes of it is in the view. */
  start<TArgs, TOutput>(definition: JobDefinition<TArgs, TOutput>, args: TArgs): JobHandle<TOutput>
  /**
   * Follows a job by its id: from another tab, another device, after a reload. Starts nothing.
   * Without an id it shows an idle job, for a page that does not know one yet.
   */
  attach<TArgs, TOutput>(
    definition: JobDefinition<TArgs, TOutput>,
    jobId: string | undefined,
  ): JobHandle<TOutput>
  /** Calls one remote function. Rejects with `RpcError`. Never waits for the stream. */
  call(name: string, args?: unknown, options?: { signal?: AbortSignal }): Promise<unknown>
  /** Where the connection is: show it, wait for it. */
  readonly connection: Store<ConnectionState>
  /** Ends a wait, or a close: connects now. Harmless while connected. */
  reconnectNow(): void
  /** Ends the stream and every timer. What is shown stays, as stale. */
  close(): void
}

/**
 * A client of one server. It opens its connection when the first job is to be followed, and again
 * whenever that is lost; create one per page.
 *
 * @example
 * ```ts
 * const client = createClient({ url: 'http://localhost:4400' })
 * const job = client.start(exportUsers, { format: 'csv' })
 * job.state$.subscribe(({ phase, progress }) => console.log(phase, progress))
 * const { downloadUrl } = await job.result
 * ```
 */
export function createClient(clientOptions: ClientOptions = {}): Client {
  const options = resolveOptions(clientOptions)
  const connection = createConnection(options, (event) => registry.receive(event))
  const registry: Registry = createRegistry(options, connection)
  const tracking = { options, registry }
  return {
    start: (definition, args) => startJob(tracking, definition, args),
    attach: (definition, jobId) => attachJob(tracking, definition, jobId),
    call: (name, args = null, { signal } = {}) => call(options, name, args, signal),
    connection: connection.state,
    reconnectNow: () => connection.dispatch({ type: 'reconnectRequested' }),
    close() {
      connection.dispatch({ type: 'closed' })
      registry.close()
    },
  }
}
