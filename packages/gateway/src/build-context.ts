import { createCors } from './access/cors.ts'
import { toAuthenticate } from './access/identify.ts'
import { createNoteForwarded } from './access/note-forwarded.ts'
import { createTickets } from './access/tickets.ts'
import { buildFamilies } from './build-families.ts'
import { createLeftRequests } from './cluster/left-requests.ts'
import { joinGateways } from './cluster/membership.ts'
import { createSessionNames, drawGatewayNumber } from './cluster/session-names.ts'
import { createGatewayGuard } from './gateway-guard.ts'
import { createGroupRecorder } from './groups/group-recorder.ts'
import type { HttpContext } from './http/context.ts'
import { forgotten } from './http/stream-frames.ts'
import { takeRequest } from './http/take-request.ts'
import { createListCursors } from './lists/list-cursor.ts'
import { createFreshness, watchReads } from './live/freshness.ts'
import { listenForChanges } from './live/listen-for-changes.ts'
import { createLive } from './live/live.ts'
import { createLiveQueries } from './live/live-queries.ts'
import { createLiveRuns } from './live/live-runs.ts'
import { checkMovedTables } from './live/moved-tables.ts'
import { createReadPositions } from './live/read-positions.ts'
import { createAnswerRoom } from './messages/answer-room.ts'
import { createBodyRoom } from './messages/body-room.ts'
import { createMutate } from './mutations/run-mutation.ts'
import { createLateRuns, noLateRuns } from './observe/late-runs.ts'
import { observeQueues } from './observe/observed-runs.ts'
import { routeHandOvers } from './observe/route-hand-overs.ts'
import { createMetrics } from './operations/metrics.ts'
import { createReadiness } from './operations/readiness.ts'
import type { ResolvedGatewayOptions } from './options/gateway-options.ts'
import { createPools, queryConnections } from './postgres/pools.ts'
import { withTables } from './postgres/with-tables.ts'
import { createRunQuery } from './queries/run-query.ts'
import { createWatchedTables } from './queries/watched-tables.ts'
import { createHandOver } from './runs/hand-over.ts'
import { createHandOverStore } from './runs/hand-over-store.ts'
import { describeRetention } from './runs/kept-days.ts'
import { migrate } from './runs/migrate.ts'
import { createNotified, makeMark } from './runs/notified.ts'
import { createProgressWriter } from './runs/progress-writer.ts'
import { createReadTogether } from './runs/read-together.ts'
import { startReconciling } from './runs/reconcile.ts'
import { createRecorder } from './runs/recorder.ts'
import { createRunStore } from './runs/run-store.ts'
import { readOrDrawSecret } from './runs/secret.ts'
import { createStartIds } from './runs/start-ids.ts'
import { startRetention } from './runs/start-retention.ts'
import { createDrain } from './streams/drain.ts'
import { createOutboxes } from './streams/outbox.ts'
import { startPings } from './streams/pings.ts'
import { createSessions } from './streams/sessions.ts'
import type { Teardown } from './teardown.ts'
import { toListener } from './to-listener.ts'
import { createUploads } from './uploads/receive-upload.ts'
import { createWorkflowRecorder } from './workflows/workflow-recorder.ts'

/** The parts of a gateway, started and connected; `teardown` ends them. */
export async function buildContext(
  options: ResolvedGatewayOptions,
  teardown: Teardown,
): Promise<HttpContext> {
  const { database, listenDatabase, logger } = options
  const pools = createPools(database, logger, listenDatabase !== database, options.queryTimeoutSecs)
  teardown.defer(pools.close)
  const progress = createProgressWriter(pools.progress, logger)
  teardown.defer(progress.close)
  await migrate(pools.durable, options)
  const store = createRunStore(pools.durable, options.maxOutputBytes)
  const { value: sessionKey } = await readOrDrawSecret(pools.durable, 'session')
  const cursors = createListCursors((await readOrDrawSecret(pools.durable, 'cursor')).value)
  const gatewayNumber = drawGatewayNumber()
  const sessions = createSessions(options)
  teardown.defer(startPings(sessions, options.pingSecs))
  const drain = createDrain(sessions)
  // A quarter of `pingSecs`: one until the check, one and a half until it fails, one until clients
  // know, half a one to spare.
  const stepMs = Math.min(5_000, options.pingSecs * 250)
  const freshness = createFreshness(sessions, () => live.allChanged())
  teardown.defer(freshness.close)
  const readPositions = createReadPositions(options.engine, () => ({ engine, observed }))
  const retentionText = describeRetention(options.retention)
  const liveRuns = createLiveRuns(watchReads(store, freshness, 2 * stepMs), logger, {
    retentionText,
    readPositions,
  })
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
  const leftRequests = createLeftRequests(pools.durable, gatewayNumber, logger, (...left) =>
    takeRequest(context, ...left),
  )
  teardown.defer(leftRequests.close)
  const families = buildFamilies(pools.durable, logger, () => context)
  teardown.defer(families.close)
  const source = { database: listenDatabase, pool: pools.durable, greeting: makeMark }
  const changes = await listenForChanges(
    source,
    logger,
    leftRequests.channel,
    toListener({
      liveRuns,
      liveQueries,
      live,
      notes,
      families,
      leftRequests,
      freshness,
      stepMs,
      logger,
    }),
    { everyMs: stepMs, answerMs: stepMs, isQuiet: () => [...sessions.all()].length === 0 },
  )
  teardown.defer(changes.close)
  const engine = await withTables({ ...options, database: listenDatabase }, (mayMigrate) =>
    options.engine.connect(listenDatabase, logger, { migrate: mayMigrate }),
  )
  teardown.defer(() => engine.close())
  const recorder = createRecorder(pools.durable, progress)
  const { name: engineName, queue } = options.engine
  const place = { engine: engineName, queue }
  const handOverStore = createHandOverStore(pools.durable, place)
  const mine = { holder: null, running: () => [] }
  const reconciliation = { store: handOverStore, recorder, engine, mine, logger }
  teardown.defer(startReconciling(reconciliation).close)
  const observed = await observeQueues(
    options.observe,
    {
      database: pools.durable,
      ownQueue: queue,
      usedQueues: Object.values(options.jobs).flatMap((one) => one.queue ?? []),
      hasAuth: options.auth !== undefined,
      maskErrors: options.maskErrors,
      maxOutputBytes,
      mayPrepare: listenDatabase === database,
      logger,
    },
    teardown,
  )
  const handOver = routeHandOvers(createHandOver(handOverStore, engine, options.jobs, logger), {
    pool: pools.durable,
    jobs: options.jobs,
    observed,
    logger,
  })
  teardown.defer(handOver.close)
  const retention = startRetention({
    pool: pools.durable,
    retention: options.retention,
    place,
    observedQueues: observed.queues,
    workflowEngine: options.workflowEngine,
    engine,
    logger,
  })
  teardown.defer(retention.close)
  const guard = createGatewayGuard(options, cursors)
  const membership = await joinGateways(pools.durable, gatewayNumber, logger, () => {
    for (const session of sessions.all()) {
      session.outbox.sendNow(forgotten)
      session.end()
    }
  })
  teardown.defer(membership.release)
  // Requests at the same time share one query.
  const read = createReadTogether(store.read)
  const mutating = { pool: pools.queries, progress, handOver, guard, options }
  const context: HttpContext = {
    options,
    authenticate: await toAuthenticate(options.auth),
    guard,
    startIds: await createStartIds(pools.durable),
    tickets: createTickets(pools.durable),
    answers: createAnswerRoom(),
    bodies: createBodyRoom(options.maxBodyBytes),
    cors: createCors(options.cors.origins),
    recorder,
    handOver,
    groups: createGroupRecorder(pools.durable),
    mutate: createMutate({ ...mutating, timeoutSecs: queryTimeoutSecs }),
    uploads: createUploads(options.uploads, logger),
    workflowRecorder: createWorkflowRecorder(pools.durable),
    // Live runs collect their ids themselves.
    store: { ...store, read },
    retentionText,
    late: options.observe.length > 0 ? createLateRuns(read, observed.lookForQueues) : noLateRuns,
    live,
    runQuery,
    changes,
    freshness,
    sessions,
    sessionNames: createSessionNames(sessionKey, gatewayNumber),
    gatewayNumber,
    membership,
    leftRequests,
    outboxes: createOutboxes(process.nextTick, (error) =>
      logger.error({ err: error }, 'a stream could not be written to'),
    ),
    drain,
    engine,
    observed,
    metrics: createMetrics(sessions, changes, freshness),
    noteForwarded: createNoteForwarded(options.trustProxy, logger),
    readiness: createReadiness(pools.durable, engine.ping?.bind(engine)),
  }
  families.open()
  return context
}
