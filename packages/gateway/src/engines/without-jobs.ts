import type { Engine } from './engine.ts'

/** The engine of an app that has no jobs: it is handed none, and takes none. */
export const withoutJobs: Engine = {
  name: 'none',
  queue: 'none',
  connect: async () => ({
    enqueue: () => Promise.reject(new Error('This app has no engine for jobs')),
    remove: async () => undefined,
    statesOf: async (taskIds) => taskIds.map(() => 'unknown'),
    work: async () => ({ close: async () => undefined }),
    close: async () => undefined,
  }),
}
