import { type Connection, createConnection } from './connection/connection.ts'
import type { ConnectionState } from './connection/connection-model.ts'
import type { ArgsRest, EventName, EventPayload } from './definitions/api.ts'
import type {
  JobDefinition,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
} from './definitions/definition.ts'
import { ProtocolError } from './errors.ts'
import type { AnyRunView } from './kinds/run-kind.ts'
import { type ClientOptions, resolveOptions } from './options.ts'
import { createRegistry } from './registry/registry.ts'
import type { CallOptions } from './rpc/call.ts'
import { createCapabilities } from './rpc/capabilities.ts'
import { createToken } from './rpc/token.ts'
import { noAnswer, type Transport } from './rpc/transport.ts'
import type { JobView } from './state/job-state.ts'
import type { WorkflowView } from './state/workflow-state.ts'
import type { Store } from './store/store.ts'
import { createReader, encodeArgs } from './tracking/coding.ts'
import type { JobHandle, RunOptions, WorkflowHandle } from './tracking/handle.ts'
import { createStart } from './tracking/start.ts'
import { TrackedRun } from './tracking/tracked-run.ts'
import type { Tracking } from './tracking/tracking.ts'
import type { QueryHandle } from './tracking/watch.ts'

/** A client of one server. All jobs, workflows and live queries share one connection. */
export interface Client {
  /**
   * Starts a job, exactly once, and follows it. Returns at once: the handle's view has the progress
   * and the errors.
   */
  start<TArgs, TOutput>(
    job: JobDefinition<TArgs, TOutput>,
    ...rest: [...ArgsRest<TArgs>, options?: RunOptions<JobView<TOutput>, TOutput>]
  ): JobHandle<TOutput>
  /** Starts a workflow, exactly once, and follows it. */
  start<TArgs, TOutput>(
    workflow: WorkflowDefinition<TArgs, TOutput>,
    ...rest: [...ArgsRest<TArgs>, options?: RunOptions<WorkflowView<TOutput>, TOutput>]
  ): WorkflowHandle<TOutput>
  /**
   * Follows a job by its id, for example in another tab, on another device or after a reload.
   * Starts nothing. Without an id it follows the job that `persist` remembers; if there is none,
   * the view is idle.
   */
  attach<TArgs, TOutput>(
    job: JobDefinition<TArgs, TOutput>,
    jobId: string | undefined,
    options?: RunOptions<JobView<TOutput>, TOutput>,
  ): JobHandle<TOutput>
  /** Follows a workflow by its id. Starts nothing. */
  attach<TArgs, TOutput>(
    workflow: WorkflowDefinition<TArgs, TOutput>,
    workflowId: string | undefined,
    options?: RunOptions<WorkflowView<TOutput>, TOutput>,
  ): WorkflowHandle<TOutput>
  /**
   * The result of a query, kept live while it has subscribers. Watchers of the same query with
   * equal arguments share one registration.
   */
  watch<TArgs, TData>(
    query: QueryDefinition<TArgs, TData>,
    ...args: ArgsRest<TArgs>
  ): QueryHandle<TData>
  /** Calls one remote function. Rejects with `RpcError`. Does not wait for the stream. */
  call<TArgs, TOutput>(
    definition: MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
    ...rest: [...ArgsRest<TArgs>, options?: CallOptions]
  ): Promise<TOutput>
  /**
   * Sends an event to a workflow. A step that waits for this event continues; if none waits yet,
   * the event is kept for it. Resolves when the server has accepted the event. Rejects with
   * `RpcError`: `CONFLICT` when the workflow has ended.
   */
  sendEvent<TEvents, TName extends EventName<TEvents>>(
    workflow: WorkflowDefinition<never, unknown, TEvents>,
    workflowId: string,
    event: TName,
    payload?: EventPayload<TEvents, TName>,
  ): Promise<void>
  /** The state of the connection. */
  readonly connection: Store<ConnectionState>
  /** Connects now, also after `close()`. Does nothing while connected or paused. */
  reconnectNow(): void
  /** Closes the stream until `resume()` was called for each `reason`. A reason counts once. */
  pause(reason?: string): void
  /** Ends the pause with this `reason`. When no other pause is left, the client connects again. */
  resume(reason?: string): void
  /** Calls the `token` option again. Call it after a sign-in or a sign-out. */
  tokenChanged(): Promise<void>
  /**
   * Ends the stream, all timers and all calls under way. Views keep their state, marked as stale.
   */
  close(): void
}

/**
 * Creates a client. It connects when it first follows a run or a query, and reconnects after each
 * loss. Create one per page. Throws a `TypeError` for an option that cannot work.
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
  const token = createToken(options, (value, isChanged) => connection.useToken(value, isChanged))
  const transport: Transport = {
    options,
    token,
    capabilities: createCapabilities(),
    isClosed: () => connection.state.getSnapshot().status === 'closed',
    pending: new Set(),
  }
  const registry = createRegistry(transport)
  const connection: Connection = createConnection(transport, registry)
  registry.connect(connection)
  const tracking: Tracking = { transport, registry, queries: { targets: new Map(), lastId: 0 } }

  const client: ErasedClient = {
    start(definition, args = null, runOptions = noOptions) {
      const toArgs = (): unknown => encodeArgs(definition, args)
      const start = createStart(transport, { ...definition, toArgs, options: runOptions })
      return new TrackedRun(tracking, { definition, start, options: runOptions })
    },
    attach: (definition, id, runOptions = noOptions) =>
      new TrackedRun(tracking, { definition, id, options: runOptions }),
    watch: (query, args = null) => query.watch(tracking, query, args),
    async call(definition, args = null, callOptions) {
      const encoded = encodeArgs(definition, args)
      const answer = await definition.call(transport, definition.name, encoded, callOptions)
      const output = createReader(definition).decode(answer)
      if (output instanceof ProtocolError) throw output
      return output
    },
    sendEvent: (workflow, id, event, payload = null) =>
      workflow.sendEvent(tracking, id, event, payload),
    connection: connection.state,
    reconnectNow: () => connection.dispatch({ type: 'reconnectRequested' }),
    pause: (reason = 'paused') => connection.dispatch({ type: 'paused', reason }),
    resume: (reason = 'paused') => connection.dispatch({ type: 'resumed', reason }),
    tokenChanged: () => token.change().then(() => undefined),
    close() {
      connection.dispatch({ type: 'closed' })
      registry.close()
      const closed = noAnswer('CLOSED', '')
      for (const end of [...transport.pending]) end(closed)
      token.close(closed)
    },
  }
  // The wire carries no types: the interface takes them from the definitions.
  return client as unknown as Client
}

/** One shared object: there may be ten thousand handles. */
const noOptions = {}

type AnyDefinition = JobDefinition<unknown, unknown> | WorkflowDefinition<unknown, unknown>

/** The client without the types of arguments and outputs. */
interface ErasedClient extends Omit<Client, 'start' | 'attach' | 'watch' | 'call' | 'sendEvent'> {
  start(definition: AnyDefinition, args?: unknown, options?: AnyRunOptions): unknown
  attach(definition: AnyDefinition, id: string | undefined, options?: AnyRunOptions): unknown
  watch(query: QueryDefinition<unknown, unknown>, args?: unknown): unknown
  call(
    definition: MutationDefinition<unknown, unknown> | QueryDefinition<unknown, unknown>,
    args?: unknown,
    options?: CallOptions,
  ): Promise<unknown>
  sendEvent(
    workflow: WorkflowDefinition<unknown, unknown>,
    id: string,
    event: string,
    payload?: unknown,
  ): Promise<void>
}

type AnyRunOptions = RunOptions<AnyRunView, unknown>
