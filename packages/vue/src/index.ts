export { headway, useClient } from './client-plugin.ts'
export { type UsedJob, type UseJobOptions, useJob } from './use-job.ts'
export { useStore } from './use-store.ts'
