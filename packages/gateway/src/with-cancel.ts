export {
  askToCancel,
  cancelField,
  type JobToCancel,
  type RedisEval,
  readCancelledText,
} from './engines/cancel-request.ts'
export {
  type CancellableJob,
  type CancellableProcessor,
  type WithCancelOptions,
  withCancel,
} from './engines/with-cancel.ts'
export { CancelRequested } from './errors.ts'
