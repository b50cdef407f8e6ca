export {
  capabilitiesHeader,
  encodeCapabilities,
  parseCapabilities,
} from './capabilities-header.ts'
export { decodeEvent } from './decode.ts'
export { encodeEvent, encodeJobUpdate, ping, type WholeJobSnapshot } from './encode.ts'
export {
  type BatchAnswer,
  type BatchItem,
  type CancelRequest,
  type Envelope,
  type ErrorBody,
  type JobCreated,
  parseEnvelope,
  parseErrorBody,
  type RpcRequest,
  type SubscribeBatchRequest,
  type SubscribeJobRequest,
  type SubscribeRequest,
  type SubscribeWorkflowRequest,
  type UnsubscribeBatchRequest,
  type UnsubscribeItem,
  type UnsubscribeRequest,
  type WorkflowCreated,
} from './envelopes.ts'
export { isRecord, parseJson } from './json.ts'
export { fromPartName, jsonPart, toPartName } from './part-name.ts'
export { type Misplaced, type NamedFile, placeFiles, readPartName } from './place-files.ts'
export { type ListedRun, parseRunsPage, type RunsPage, type RunsRequest } from './runs-page.ts'
export {
  type AnswersEvent,
  type Capability,
  type ConnectedEvent,
  capabilities,
  type ErrorEvent,
  type Frame,
  type GapEvent,
  type ServerEvent,
  type UpdateEvent,
} from './server-event.ts'
export type { ChildCounts, SnapshotTimes, SnapshotTotals } from './snapshot-members.ts'
export {
  isTerminalStatus,
  isTerminalWorkflowStatus,
  type JobSnapshot,
  type JobStatus,
  jobStatuses,
  parseJobSnapshot,
  parseWorkflowSnapshot,
  type StepSnapshot,
  type StepStatus,
  type WorkflowSnapshot,
  type WorkflowStatus,
  workflowStatuses,
} from './snapshots.ts'
export { type TargetKind, toTarget } from './target.ts'
