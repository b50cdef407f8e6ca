export { type QueuedJob, runIdOf } from './run-id-of.ts'
