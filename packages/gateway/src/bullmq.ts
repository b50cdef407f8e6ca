export {
  type BullmqOptions,
  type BullmqPostgresOptions,
  type BullmqRedisOptions,
  bullmq,
} from './engines/bullmq.ts'
export {
  type BullmqQueuesOptions,
  bullmqQueues,
  type ObservedJob,
  type ObservedQueues,
} from './observe/bullmq-queues.ts'
