import type { Cors } from '../access/cors.ts'
import type { Authenticate } from '../access/principal.ts'
import type { Tickets } from '../access/tickets.ts'
import type { CallGuard } from '../app/call-guard.ts'
import type { LeftRequests } from '../cluster/left-requests.ts'
import type { Membership } from '../cluster/membership.ts'
import type { SessionNames } from '../cluster/session-names.ts'
import type { EngineConnection } from '../engines/engine.ts'
import type { GroupRecorder } from '../groups/group-recorder.ts'
import type { Freshness } from '../live/freshness.ts'
import type { ChangeSubscription } from '../live/listen-for-changes.ts'
import type { Live } from '../live/live.ts'
import type { AnswerRoom } from '../messages/answer-room.ts'
import type { BodyRoom } from '../messages/body-room.ts'
import type { Mutate } from '../mutations/run-mutation.ts'
import type { LateRuns } from '../observe/late-runs.ts'
import type { ObservedRuns } from '../observe/observed-runs.ts'
import type { Metrics } from '../operations/metrics.ts'
import type { Readiness } from '../operations/readiness.ts'
import type { ResolvedGatewayOptions } from '../options/gateway-options.ts'
import type { RunQuery } from '../queries/run-query.ts'
import type { HandOver } from '../runs/hand-over.ts'
import type { ReadById } from '../runs/read-together.ts'
import type { Recorder } from '../runs/recorder.ts'
import type { Run, RunStore } from '../runs/run-store.ts'
import type { StartIds } from '../runs/start-ids.ts'
import type { Drain } from '../streams/drain.ts'
import type { Outboxes } from '../streams/outbox.ts'
import type { Sessions } from '../streams/sessions.ts'
import type { Uploads } from '../uploads/receive-upload.ts'
import type { WorkflowRecorder } from '../workflows/workflow-recorder.ts'

/** The parts that handlers of requests need. */
export interface HttpContext {
  options: ResolvedGatewayOptions
  /** `null`: every client is anonymous. */
  authenticate: Authenticate | null
  guard: CallGuard
  startIds: StartIds
  tickets: Tickets
  answers: AnswerRoom
  bodies: BodyRoom
  cors: Cors
  recorder: Recorder
  workflowRecorder: WorkflowRecorder
  /** Reads runs as they are now. */
  store: Pick<RunStore, 'complete'> & { read: ReadById<Run> }
  /** How long ended runs are kept, in words; `null`: for ever. */
  retentionText: string | null
  /** Runs of observed queues that are not there yet. */
  late: LateRuns<Run>
  runQuery: RunQuery
  live: Live
  changes: ChangeSubscription
  freshness: Freshness
  sessions: Sessions
  sessionNames: SessionNames
  /** The number of this gateway among all that use its database. */
  gatewayNumber: number
  membership: Membership
  leftRequests: LeftRequests
  outboxes: Outboxes
  drain: Drain
  engine: EngineConnection
  observed: ObservedRuns
  handOver: HandOver
  groups: GroupRecorder
  mutate: Mutate
  uploads: Uploads
  metrics: Metrics
  /** A request had `X-Forwarded-For`. */
  noteForwarded: () => void
  readiness: Readiness
}
