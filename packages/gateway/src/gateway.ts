import type { Server } from 'node:http'
import { createCors } from './access/cors.ts'
import { toAuthenticate } from './access/identify.ts'
import { createNoteForwarded } from './access/note-forwarded.ts'
import { createRateLimits } from './access/rate-limits.ts'
import { createTickets } from './access/tickets.ts'
import type { ApiOf, Jobs, Mutations, Queries, Workflows } from './app/api.ts'
import { createDoor } from './app/door.ts'
import { notNegative } from './check.ts'
import { inBackground } from './handled.ts'
import type { HttpContext } from './http/context.ts'
import { createFreshness, watchReads } from './live/freshness.ts'
import { listenForChanges } from './live/listen-for-changes.ts'
import { createLive } from './live/live.ts'
import { createLiveQueries } from './live/live-queries.ts'
import { createLiveRuns } from './live/live-runs.ts'
import { checkMovedTables } from './live/moved-tables.ts'
import { createAnswerRoom } from './messages/answer-room.ts'
import { createBodyRoom } from './messages/body-room.ts'
import { createMutate } from './mutations/run-mutation.ts'
import { createMetrics } from './operations/metrics.ts'
import { createReadiness } from './operations/readiness.ts'
import {
  type GatewayOptions,
  longestRequestSecs,
  type ResolvedGatewayOptions,
  resolveGatewayOptions,
} from './options/gateway-options.ts'
import { createPools, queryConnections } from './postgres/pools.ts'
import { withTables } from './postgres/with-tables.ts'
import { createRunQuery } from './queries/run-query.ts'
import { createWatchedTables } from './queries/watched-tables.ts'
import { createHandOver } from './runs/hand-over.ts'
import { createHandOverStore } from './runs/hand-over-store.ts'
import { migrate } from './runs/migrate.ts'
import { createNotified, makeMark } from './runs/notified.ts'
import { createProgressWriter } from './runs/progress-writer.ts'
import { startReconciling } from './runs/reconcile.ts'
import { createRecorder } from './runs/recorder.ts'
import { createRunStore } from './runs/run-store.ts'
import { createStartIds } from './runs/start-ids.ts'
import { createFetchHandler, type FetchHandler } from './servers/fetch.ts'
import { checkIsLoopback, closeServer, serveOn } from './servers/listen.ts'
import { createNodeHandler, type NodeHandler } from './servers/node.ts'
import { createDrain } from './streams/drain.ts'
import { createOutboxes } from './streams/outbox.ts'
import { startPings } from './streams/pings.ts'
import { createSessions } from './streams/sessions.ts'
import { buildOrUndo, type Teardown } from './teardown.ts'
import { createUploads } from './uploads/receive-upload.ts'
import { createWorkflowRecorder } from './workflows/workflow-recorder.ts'

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
  const { database, listenDatabase, logger } = options
  const pools = createPools(database, logger, listenDatabase !== database, options.queryTimeoutSecs)
  teardown.defer(pools.close)
  const progress = createProgressWriter(pools.progress, logger)
  teardown.defer(progress.close)
  await migrate(pools.durable, options)
  const store = createRunStore(pools.durable, options.maxOutputBytes)
  const sessions = createSessions(options)
  teardown.defer(startPings(sessions, options.pingSecs))
  const drain = createDrain(sessions)
  // A quarter of `pingSecs`: one until the check, one until it fails, one until clients know, one
  // to spare.
  const stepMs = Math.min(5_000, options.pingSecs * 250)
  const freshness = createFreshness(sessions, () => live.allChanged())
  teardown.defer(freshness.close)
  const liveRuns = createLiveRuns(watchReads(store, freshness, 2 * stepMs), logger)
  teardown.defer(liveRuns.close)
  const watched = createWatchedTables(pools.durable)
  const { queryTimeoutSecs, maxOutputBytes } = options
  const runQuery = createRunQuery(pools.queries, watched, queryTimeoutSecs, maxOutputBytes)
  const liveQueries = createLiveQueries(runQuery, options, queryConnections)
  teardown.defer(liveQueries.close)
  const live = createLive(liveRuns, liveQueries)
  teardown.defer(checkMovedTables(watched, liveQueries, logger))
  const notes = await createNotified(pools.durable, {
    logger,
    hint: liveRuns.changed,
    isMerging: options.notifications,
  })
  teardown.defer(notes.close)
  const source = { database: listenDatabase, pool: pools.durable, greeting: makeMark }
  const changes = await listenForChanges(
    source,
    logger,
    {
      runChanged(id) {
        liveRuns.changed([id])
        notes.runChanged(id)
      },
      tableChanged: liveQueries.changed,
      notified: notes.notified,
      marked: notes.marked,
      listening() {
        inBackground(live.allChanged(), logger, 'what was missed could not be read')
        freshness.back('listener')
      },
      lost() {
        notes.lost()
        freshness.lost('listener', Math.min(1_000, stepMs))
      },
    },
    { everyMs: stepMs, answerMs: stepMs },
  )
  teardown.defer(changes.close)
  const engine = await withTables({ ...options, database: listenDatabase }, (mayMigrate) =>
    options.engine.connect(listenDatabase, logger, { migrate: mayMigrate }),
  )
  teardown.defer(() => engine.close())
  const recorder = createRecorder(pools.durable, progress)
  const { name: engineName, queue } = options.engine
  const handOverStore = createHandOverStore(pools.durable, { engine: engineName, queue })
  const handOver = createHandOver(handOverStore, engine, options.jobs, logger)
  teardown.defer(handOver.close)
  const mine = { holder: null, running: () => [] }
  const reconciliation = { store: handOverStore, recorder, engine, mine, logger }
  teardown.defer(startReconciling(reconciliation).close)
  const door = createDoor(options, options.auth !== undefined, createRateLimits())
  const context: HttpContext = {
    options,
    authenticate: await toAuthenticate(options.auth),
    door,
    startIds: await createStartIds(pools.durable),
    tickets: createTickets(),
    answers: createAnswerRoom(),
    bodies: createBodyRoom(options.maxBodyBytes),
    cors: createCors(options.cors.origins),
    recorder,
    handOver,
    mutate: createMutate({
      pool: pools.queries,
      progress,
      handOver,
      door,
      options,
      timeoutSecs: options.queryTimeoutSecs,
    }),
    uploads: createUploads(options.uploads, logger),
    workflowRecorder: createWorkflowRecorder(pools.durable),
    store,
    live,
    runQuery,
    changes,
    freshness,
    sessions,
    outboxes: createOutboxes(process.nextTick, (error) =>
      logger.error({ err: error }, 'a stream could not be written to'),
    ),
    drain,
    engine,
    metrics: createMetrics(sessions, changes, freshness),
    noteForwarded: createNoteForwarded(options.trustProxy, logger),
    readiness: createReadiness(pools.durable, engine.ping?.bind(engine)),
  }
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
