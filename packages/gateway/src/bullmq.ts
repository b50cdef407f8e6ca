export { bullmq } from './engines/bullmq.ts'
export type {
  BullmqOptions,
  BullmqPostgresOptions,
  BullmqRedisOptions,
} from './engines/bullmq-options.ts'
export {
  type BullmqQueuesOptions,
  bullmqQueues,
  type ObservedJob,
  type ObservedQueues,
} from './observe/bullmq-queues.ts'
