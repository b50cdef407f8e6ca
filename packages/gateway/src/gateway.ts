import type { Server } from 'node:http'
import type { ApiOf, Jobs, Mutations, Queries, Workflows } from './app/api.ts'
import type { AddOptions, GroupOptions } from './app/many-options.ts'
import type { Startable } from './app/mutation.ts'
import type { ArgumentsOf, StartArguments } from './app/start-arguments.ts'
import { buildContext } from './build-context.ts'
import { notNegative } from './check.ts'
import {
  type GatewayOptions,
  longestRequestSecs,
  type ResolvedGatewayOptions,
  resolveGatewayOptions,
} from './options/gateway-options.ts'
import type { RunSnapshot } from './runs/snapshot.ts'
import { createServerCalls } from './server-calls.ts'
import type { ListOptions, ListPage } from './server-list.ts'
import { createFetchHandler, type FetchHandler } from './servers/fetch.ts'
import { checkIsLoopback, closeServer, serveOn } from './servers/listen.ts'
import { createNodeHandler, type NodeHandler } from './servers/node.ts'
import { buildOrUndo, type Teardown } from './teardown.ts'

/** The server: starts jobs, and pushes their progress to the clients that watch them. */
export interface Gateway<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> {
  /**
   * The type of the gateway for its clients: `export type Api = typeof gateway.api`. It exists for
   * the compiler alone and is empty at run time.
   */
  readonly api: ApiOf<TJobs, TWorkflows, TQueries, TMutations>
  /**
   * Answers paths below `/_api` in a server of your own; other paths go to `next`, or are a 404.
   */
  readonly node: NodeHandler
  /** The same for servers with `Request` and `Response`, such as Hono: other paths are a 404. */
  readonly fetch: FetchHandler
  /**
   * Starts a job or a workflow of this gateway from your own code, such as a webhook, a schedule or
   * a test. Resolves with the run's id once the run is stored. The arguments are checked as those
   * of a client; roles and rate limits are not. Rejects with a `CallRefused`.
   *
   * @example
   * ```ts
   * const id = await gateway.start(exportUsers, { format: 'csv' }, { owner: 'ann', key: event.id })
   * ```
   */
  start<TArgs>(what: Startable<TArgs>, ...rest: StartArguments<TArgs>): Promise<string>
  start<TName extends (keyof TJobs | keyof TWorkflows) & string>(
    name: TName,
    ...rest: StartArguments<ArgumentsOf<TJobs, TWorkflows, TName>>
  ): Promise<string>
  /**
   * Starts many runs of a job or a workflow as one group, and resolves with the group's id once all
   * are stored. The group is a job: it counts its children, and ends with them. All arguments are
   * checked before anything is started.
   *
   * @example
   * ```ts
   * const id = await gateway.startMany(importFile, files, { owner: 'ann', title: 'Import of July' })
   * ```
   */
  startMany<TArgs>(
    what: Startable<TArgs>,
    argsList: readonly TArgs[],
    options?: GroupOptions<NoInfer<TArgs>>,
  ): Promise<string>
  startMany<TName extends (keyof TJobs | keyof TWorkflows) & string>(
    name: TName,
    argsList: readonly ArgumentsOf<TJobs, TWorkflows, TName>[],
    options?: GroupOptions<NoInfer<ArgumentsOf<TJobs, TWorkflows, TName>>>,
  ): Promise<string>
  /**
   * Adds runs to an open group, and resolves with its state. Rejects with a `CallRefused` when it
   * is closed, was cancelled or has ended.
   */
  addMany(
    id: string,
    argsList: readonly unknown[],
    options?: AddOptions<never>,
  ): Promise<RunSnapshot>
  /**
   * Requests the cancellation of a run, and resolves with the state after it: a run that has ended
   * is not changed. Rejects with a `CallRefused` when the run does not exist.
   */
  cancel(id: string, options?: { reason?: string }): Promise<RunSnapshot>
  /**
   * Runs a failed or cancelled run again, under its id, and resolves with the state after it.
   * Rejects with a `CallRefused` when the run does not exist, has completed, or was run elsewhere.
   */
  retry(id: string): Promise<RunSnapshot>
  /** The state of a run, with its whole output; `null`: it does not exist, or was removed. */
  get(id: string): Promise<RunSnapshot | null>
  /**
   * A page of runs, the newest first, with their states. Rejects with a `CallRefused` about a wrong
   * option.
   */
  list(options?: ListOptions): Promise<ListPage>
  /**
   * Serves on a port of this machine; 0 takes a free one. `url` reaches it from this machine.
   * Rejects when the port is taken, and with a `ConfigurationError` for a host that others can
   * reach while `auth` is missing.
   */
  listen(port: number, host?: string): Promise<{ url: string }>
  /**
   * Disconnects clients before a stop, spread over `overMs` milliseconds (default 10,000). Streams
   * end one after the other, and clients resume on the instance they reconnect to. Until it
   * resolves, the gateway answers all requests but new streams. `/_api/ready` answers 503, so
   * that a load balancer sends new requests to another instance.
   */
  drain(options?: { overMs?: number }): Promise<void>
  /** Ends all streams and connections. A process with nothing else to do then exits. */
  close(): Promise<void>
}

/**
 * Creates a gateway over a database and an engine; the tables of both are created if missing. It
 * runs no jobs and no workflows: `createWorker` does, in this process or in others.
 *
 * @example
 * ```ts
 * const gateway = await createGateway({ database, engine: bullmq(), jobs: { export_users } })
 * const { url } = await gateway.listen(4400)
 * ```
 */
export async function createGateway<
  TJobs extends Jobs = Record<never, never>,
  TWorkflows extends Workflows = Record<never, never>,
  TQueries extends Queries = Record<never, never>,
  TMutations extends Mutations = Record<never, never>,
>(
  gatewayOptions: GatewayOptions<TJobs, TWorkflows, TQueries, TMutations>,
): Promise<Gateway<TJobs, TWorkflows, TQueries, TMutations>> {
  const options = resolveGatewayOptions(gatewayOptions)
  const gateway = await buildOrUndo((teardown) => buildGateway(options, teardown))
  return { ...gateway, api: {} as ApiOf<TJobs, TWorkflows, TQueries, TMutations> }
}

async function buildGateway(
  options: ResolvedGatewayOptions,
  teardown: Teardown,
): Promise<Omit<Gateway, 'api'>> {
  const context = await buildContext(options, teardown)
  const { sessions, drain } = context
  const node = createNodeHandler(context)
  const servers = new Set<Server>()
  teardown.defer(() => Promise.all([...servers].map(closeServer)))
  teardown.defer(() => {
    for (const session of sessions.all()) session.end()
  })

  return {
    ...createServerCalls(context),
    node,
    fetch: createFetchHandler(context),
    async listen(port, host = '127.0.0.1') {
      if (!options.auth) checkIsLoopback(host)
      // Node's own limit on a whole request comes after ours.
      const requestTimeout = 1_000 * (longestRequestSecs(options) + 10)
      const { server, url } = await serveOn(node, { port, host, requestTimeout })
      servers.add(server)
      return { url }
    },
    drain: ({ overMs = 10_000 } = {}) => drain.run(notNegative('overMs', overMs)),
    close: teardown.run,
  }
}
