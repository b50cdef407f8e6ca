export type { Job } from 'bullmq'
export { Worker } from 'bullmq'
export { jobs } from './server.ts'

export interface Film {
  url: string
}
export declare const connection: { host: string }
