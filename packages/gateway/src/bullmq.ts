export { bullmq } from './engines/bullmq.ts'
export type {
  BullmqOptions,
  BullmqPostgresOptions,
  BullmqRedisOptions,
} from './engines/bullmq-options.ts'
export { type BullmqQueuesOptions, bullmqQueues } from './observe/bullmq-queues.ts'
export type { ObservedJob, ObservedQueues } from './observe/observed-queues.ts'
