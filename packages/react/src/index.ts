export { HeadwayProvider, useClient } from './client-provider.tsx'
export { type UsedJob, type UseJobOptions, useJob } from './use-job.ts'
export { useStore } from './use-store.ts'
