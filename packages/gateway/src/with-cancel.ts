export { CancelRequested } from './errors.ts'
export { askToCancel, type JobToCancel, type RedisEval } from './observe/cancel-mark.ts'
export {
  type CancellableJob,
  type CancellableProcessor,
  type CancelReader,
  type WithCancelOptions,
  withCancel,
} from './observe/with-cancel.ts'
