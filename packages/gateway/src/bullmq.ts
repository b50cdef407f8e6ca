export {
  type BullmqOptions,
  type BullmqPostgresOptions,
  type BullmqRedisOptions,
  bullmq,
} from './engines/bullmq.ts'
