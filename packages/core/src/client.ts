import { type Connection, createConnection } from './connection/connection.ts'
import type { ConnectionState } from './connection/connection-model.ts'
import type {
  Api as ApiTypes,
  ArgsOf,
  ArgsRest,
  EventName,
  EventPayload,
  EventsOf,
  JobDefinition,
  MutationDefinition,
  NameOf,
  OutputOf,
  QueryDefinition,
  UntypedApi,
  WorkflowDefinition,
} from './definitions.ts'
import { ProtocolError } from './errors.ts'
import { type ClientOptions, resolveOptions } from './options.ts'
import { type Api, noAnswer } from './rpc/authorized-fetch.ts'
import { type CallOptions, call } from './rpc/call.ts'
import { createCapabilities } from './rpc/capabilities.ts'
import { createToken } from './rpc/token.ts'
import type { JobView } from './state/job-state.ts'
import type { WorkflowView } from './state/workflow-state.ts'
import type { Store } from './store/store.ts'
import { type Coded, createDecode, encodeArgs, nameOf } from './tracking/codec.ts'
import type { JobHandle, RunOptions, WorkflowHandle } from './tracking/handle.ts'
import { createRegistry } from './tracking/registry.ts'
import { sendEvent } from './tracking/send-event.ts'
import { createStart } from './tracking/start.ts'
import { TrackedRun } from './tracking/tracked-run.ts'
import { createWatch, type QueryHandle } from './tracking/watch.ts'

/**
 * Everything a page asks of its server: over one connection, whatever is followed. Names can be
 * definitions, which bring their types along, or, with `createClient<Api>()`, plain strings.
 */
export interface Client<TApi extends ApiTypes = UntypedApi> {
  /** Starts a job, exactly once, and follows it. Returns at once; what becomes of it is in the view. */
  start<TArgs, TOutput>(
    job: JobDefinition<TArgs, TOutput>,
    args: TArgs,
    options?: RunOptions<JobView<TOutput>, TOutput>,
  ): JobHandle<TOutput>
  /** Starts a workflow, exactly once, and follows it. */
  start<TArgs, TOutput>(
    workflow: WorkflowDefinition<TArgs, TOutput>,
    args: TArgs,
    options?: RunOptions<WorkflowView<TOutput>, TOutput>,
  ): WorkflowHandle<TOutput>
  start<TName extends NameOf<TApi, 'jobs'>>(
    job: TName,
    ...rest: [
      ...ArgsRest<ArgsOf<TApi, 'jobs', TName>>,
      options?: RunOptions<JobView<OutputOf<TApi, 'jobs', TName>>, OutputOf<TApi, 'jobs', TName>>,
    ]
  ): JobHandle<OutputOf<TApi, 'jobs', TName>>
  /** Starts a workflow that the `Api` names. */
  startWorkflow<TName extends NameOf<TApi, 'workflows'>>(
    workflow: TName,
    ...rest: [
      ...ArgsRest<ArgsOf<TApi, 'workflows', TName>>,
      options?: RunOptions<
        WorkflowView<OutputOf<TApi, 'workflows', TName>>,
        OutputOf<TApi, 'workflows', TName>
      >,
    ]
  ): WorkflowHandle<OutputOf<TApi, 'workflows', TName>>
  /**
   * Follows a run by its id: from another tab, another device, after a reload. Starts nothing.
   * Without an id it follows the one that `persist` remembers, or shows an idle one.
   */
  attach<TArgs, TOutput>(
    job: JobDefinition<TArgs, TOutput>,
    jobId: string | undefined,
    options?: RunOptions<JobView<TOutput>, TOutput>,
  ): JobHandle<TOutput>
  attach<TArgs, TOutput>(
    workflow: WorkflowDefinition<TArgs, TOutput>,
    workflowId: string | undefined,
    options?: RunOptions<WorkflowView<TOutput>, TOutput>,
  ): WorkflowHandle<TOutput>
  attach<TName extends NameOf<TApi, 'jobs'>>(
    job: TName,
    jobId: string | undefined,
    options?: RunOptions<JobView<OutputOf<TApi, 'jobs', TName>>, OutputOf<TApi, 'jobs', TName>>,
  ): JobHandle<OutputOf<TApi, 'jobs', TName>>
  /** Follows a workflow that the `Api` names. */
  attachWorkflow<TName extends NameOf<TApi, 'workflows'>>(
    workflow: TName,
    workflowId: string | undefined,
    options?: RunOptions<
      WorkflowView<OutputOf<TApi, 'workflows', TName>>,
      OutputOf<TApi, 'workflows', TName>
    >,
  ): WorkflowHandle<OutputOf<TApi, 'workflows', TName>>
  /** A query's result, kept live while somebody subscribes. The same query and arguments share one registration. */
  watch<TArgs, TData>(query: QueryDefinition<TArgs, TData>, args: TArgs): QueryHandle<TData>
  watch<TName extends NameOf<TApi, 'queries'>>(
    query: TName,
    ...args: ArgsRest<ArgsOf<TApi, 'queries', TName>>
  ): QueryHandle<OutputOf<TApi, 'queries', TName>>
  /** Calls one remote function. Rejects with `RpcError`. Never waits for the stream. */
  call<TArgs, TOutput>(
    name: MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
    args: TArgs,
    options?: CallOptions,
  ): Promise<TOutput>
  call<TName extends NameOf<TApi, 'mutations'>>(
    name: TName,
    ...rest: CallRest<ArgsOf<TApi, 'mutations', TName>>
  ): Promise<OutputOf<TApi, 'mutations', TName>>
  call<TName extends NameOf<TApi, 'queries'>>(
    name: TName,
    ...rest: CallRest<ArgsOf<TApi, 'queries', TName>>
  ): Promise<OutputOf<TApi, 'queries', TName>>
  /**
   * Tells a workflow that something has happened: it goes on where it waits for that, now or later. Resolves
   * when the server has taken note. Rejects with `RpcError`: `CONFLICT` when the workflow has ended.
   */
  sendEvent<TEvents, TName extends EventName<TEvents>>(
    workflow: WorkflowDefinition<never, unknown, TEvents>,
    workflowId: string,
    event: TName,
    payload?: EventPayload<TEvents, TName>,
  ): Promise<void>
  sendEvent<
    TName extends NameOf<TApi, 'workflows'>,
    TEvent extends EventName<EventsOf<TApi, TName>>,
  >(
    workflow: TName,
    workflowId: string,
    event: TEvent,
    payload?: EventPayload<EventsOf<TApi, TName>, TEvent>,
  ): Promise<void>
  /** Where the connection is: show it, wait for it. */
  readonly connection: Store<ConnectionState>
  /** Ends a wait, or a close: connects now. Harmless while connected. */
  reconnectNow(): void
  /** Ends the stream until every `reason` that was given has been resumed. Saying one twice is harmless. */
  pause(reason?: string): void
  /** Takes one `reason` back; the last one connects again. */
  resume(reason?: string): void
  /** Asks the `token` option again: call it when somebody has signed in or out. */
  tokenChanged(): Promise<void>
  /** Ends the stream, every timer and every call under way. What is shown stays, as stale. */
  close(): void
}

/** The arguments of a call, and its options. */
type CallRest<TArgs> = [...ArgsRest<TArgs>, options?: CallOptions]

/**
 * A client of one server. It opens its connection when the first run is to be followed, and again
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
export function createClient<TApi extends ApiTypes = UntypedApi>(
  clientOptions: ClientOptions = {},
): Client<TApi> {
  const options = resolveOptions(clientOptions)
  const token = createToken(options, (value, isChanged) => connection.useToken(value, isChanged))
  const api: Api = {
    options,
    token,
    capabilities: createCapabilities(),
    isClosed: () => connection.state.getSnapshot().status === 'closed',
    pending: new Set(),
  }
  const registry = createRegistry(api)
  const connection: Connection = createConnection(api, {
    onUpdate: registry.update,
    onTrouble: registry.trouble,
    onFreshness: registry.freshness,
    onDoubt: registry.doubt,
  })
  registry.run(connection)
  const tracking = { api, registry }
  const watch = createWatch(registry)
  const startRun = (kind: 'job' | 'workflow', what: Named, args: unknown, runOptions: object) => {
    const toArgs = () => encodeArgs(what, args)
    const start = createStart(api, { kind, name: nameOf(what), toArgs })
    return new TrackedRun(tracking, { kind, what, start, options: runOptions })
  }

  const client = {
    start: (what: Named, args: unknown = null, runOptions: object = noOptions) =>
      startRun(kindOf(what), what, args, runOptions),
    startWorkflow: (name: string, args: unknown = null, runOptions: object = noOptions) =>
      startRun('workflow', name, args, runOptions),
    attach: (what: Named, id: string | undefined, runOptions: object = noOptions) =>
      new TrackedRun(tracking, { kind: kindOf(what), what, id, options: runOptions }),
    attachWorkflow: (what: string, id: string | undefined, runOptions: object = noOptions) =>
      new TrackedRun(tracking, { kind: 'workflow', what, id, options: runOptions }),
    watch: (what: Named, args: unknown = null) => watch(what, args),
    call: async (what: Named, args: unknown = null, callOptions?: CallOptions) => {
      const answer = await call(api, nameOf(what), encodeArgs(what, args), callOptions)
      const output = createDecode(what)(answer)
      if (output instanceof ProtocolError) throw output
      return output
    },
    sendEvent: (_what: Named, id: string, event: string, payload: unknown = null) =>
      sendEvent(tracking, id, event, payload),
    connection: connection.state,
    reconnectNow: () => connection.dispatch({ type: 'reconnectRequested' }),
    pause: (reason = 'paused') => connection.dispatch({ type: 'paused', reason }),
    resume: (reason = 'paused') => connection.dispatch({ type: 'resumed', reason }),
    tokenChanged: () => token.change().then(() => undefined),
    close() {
      connection.dispatch({ type: 'closed' })
      registry.close()
      const closed = noAnswer('CLOSED', '')
      for (const end of [...api.pending]) end(closed)
      token.close(closed)
    },
  }
  // The types of names and definitions live in the interface alone: the wire carries none.
  return client as unknown as Client<TApi>
}

/** One for all: there may be ten thousand handles. */
const noOptions = {}

type Named = Coded & (string | { kind: string })

function kindOf(what: Named): 'job' | 'workflow' {
  return typeof what !== 'string' && what.kind === 'workflow' ? 'workflow' : 'job'
}
