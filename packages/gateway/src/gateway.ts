import type { Server } from 'node:http'
import type { ApiOf, Jobs, Mutations, Queries, Workflows } from './app/api.ts'
import { buildContext } from './build-context.ts'
import { notNegative } from './check.ts'
import {
  type GatewayOptions,
  longestRequestSecs,
  type ResolvedGatewayOptions,
  resolveGatewayOptions,
} from './options/gateway-options.ts'
import { createFetchHandler, type FetchHandler } from './servers/fetch.ts'
import { checkIsLoopback, closeServer, serveOn } from './servers/listen.ts'
import { createNodeHandler, type NodeHandler } from './servers/node.ts'
import { buildOrUndo, type Teardown } from './teardown.ts'
/** The server's side: starts jobs, and pushes their progress to whoever follows them. */
export interface Gateway<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> {
  /** What clients can ask for, for the compiler alone: `export type Api = typeof gateway.api`. It is empty when it runs. */
  readonly api: ApiOf<TJobs, TWorkflows, TQueries, TMutations>
  /** Answers what is below `/_api`, in a server of your own; the rest goes to `next`, or is a 404. */
  readonly node: NodeHandler
  /** The same for servers that speak `Request` and `Response`, such as Hono: other paths are a 404. */
  readonly fetch: FetchHandler
  /**
   * Serves on a port of this machine; 0 takes a free one. `url` reaches it from this machine.
   * Rejects when the port is taken, and with a `ConfigurationError` for a host that others can
   * reach while there is no `auth`.
   */
  listen(port: number, host?: string): Promise<{ url: string }>
  /**
   * Sends everybody away before a stop, spread over `overMs` milliseconds (10,000 unless said otherwise):
   * streams end one after the other, and clients come back to whoever serves then. Until it resolves,
   * everything but new streams is answered; `/_api/ready` says 503, so that a balancer looks elsewhere.
   */
  drain(options?: { overMs?: number }): Promise<void>
  /** Ends every stream and connection; a process that has nothing else to do then ends by itself. */
  close(): Promise<void>
}

/**
 * A gateway over a database and an engine, with the tables of both made as needed. It runs no jobs and no workflows:
 * `createWorker` does, in this process or in others.
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
