export { provideClient, setClient, useClient } from './client-context.ts'
export { createJobStore, type JobStore } from './job-store.ts'
export { type Readable, toReadable } from './to-readable.ts'
