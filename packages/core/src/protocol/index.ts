export { decodeEvent } from './decode.ts'
export { encodeEvent, ping } from './encode.ts'
export {
  type CancelRequest,
  type Envelope,
  type ErrorBody,
  type JobCreated,
  parseEnvelope,
  parseErrorBody,
  type RpcRequest,
  type SubscribeJobRequest,
  type UnsubscribeRequest,
} from './envelopes.ts'
export { isRecord } from './json.ts'
export {
  type Capability,
  type ConnectedEvent,
  capabilities,
  type ErrorEvent,
  type Frame,
  jobTarget,
  type ServerEvent,
  type UpdateEvent,
} from './server-event.ts'
export {
  isTerminalStatus,
  type JobSnapshot,
  type JobStatus,
  jobStatuses,
  parseJobSnapshot,
} from './snapshots.ts'
