import type { JobState } from '../screen.ts'

/** Receives each state that a callback of the library gets. */
export type Show = (jobId: string, state: JobState) => void

/** Opens one client of the server at `url`. It follows these jobs for as long as it runs. */
export type OpenClient = (url: string, jobIds: readonly string[], show: Show) => void
