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

/** Everything a page asks of its server, over one connection. */
export interface Client {
  /** Starts a job, exactly once, and follows it. Returns at once; the view says how it goes. */
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
   * Follows a job by its id: from another tab, another device, after a reload. Starts nothing.
   * Without an id it follows the one that `persist` remembers, or shows an idle one.
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
   * A query's result, kept live while it has subscribers. Equal queries with equal arguments share
   * one registration.
   */
  watch<TArgs, TData>(
    query: QueryDefinition<TArgs, TData>,
    ...args: ArgsRest<TArgs>
  ): QueryHandle<TData>
  /** Calls one remote function. Rejects with `RpcError`. Never waits for the stream. */
  call<TArgs, TOutput>(
    definition: MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
    ...rest: [...ArgsRest<TArgs>, options?: CallOptions]
  ): Promise<TOutput>
  /**
   * Sends an event to a workflow, which goes on where it waits for that event, now or later.
   * Resolves when the server has taken it in. Rejects with `RpcError`: `CONFLICT` when the workflow
   * has ended.
   */
  sendEvent<TEvents, TName extends EventName<TEvents>>(
    workflow: WorkflowDefinition<never, unknown, TEvents>,
    workflowId: string,
    event: TName,
    payload?: EventPayload<TEvents, TName>,
  ): Promise<void>
  /** The state of the connection. */
  readonly connection: Store<ConnectionState>
  /** Ends a wait, or a close: connects now. Harmless while connected. */
  reconnectNow(): void
  /** Ends the stream until each `reason` has been resumed. Giving one twice is harmless. */
  pause(reason?: string): void
  /** Takes one `reason` back; the last one connects again. */
  resume(reason?: string): void
  /** Asks the `token` option again: call it after a sign-in or a sign-out. */
  tokenChanged(): Promise<void>
  /** Ends the stream, every timer and every call under way. Views stay, as stale. */
  close(): void
}

/**
 * A client of one server. It opens its connection when it first follows something, and again after
 * each loss; create one per page.
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
  const connection: Connection = createConnection(transport, {
    onUpdate: registry.onUpdate,
    onTrouble: registry.onTrouble,
    onFreshness: registry.onFreshness,
    onDoubt: registry.onDoubt,
  })
  registry.connect(connection)
  const tracking: Tracking = { transport, registry, queries: { targets: new Map(), lastId: 0 } }

  const client: ErasedClient = {
    start(definition, args = null, runOptions = noOptions) {
      const { name, run, call } = definition
      const toArgs = (): unknown => encodeArgs(definition, args)
      const start = createStart(transport, { kind: run.name, name, call, toArgs })
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

/** One object for all: there may be ten thousand handles. */
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
