export { type BullmqOptions, bullmq } from './engines/bullmq.ts'
