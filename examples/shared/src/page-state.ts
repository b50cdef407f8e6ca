import { createStore, type JobView, type ValueStore } from '@headway/core'

/** What the panels have in common. */
export interface PageState {
  /** The job that everybody follows: whichever panel started one last. */
  jobId: ValueStore<string | undefined>
  /** What the next export is to be. */
  format: ValueStore<'csv' | 'json'>
  /** What was asked for last and could not be done, in words; empty when it could. */
  trouble: ValueStore<string>
  /** A panel says what it shows: a job that was created is everybody's, one that was not is trouble. */
  report(job: JobView<unknown>): void
  /** Something is asked for; its failure is trouble. */
  attempt(failure: string, done: Promise<unknown>): void
}

/** The page's state. The job's id stands in the address: a reload, another tab, or another id written there follows it. */
export function createPageState(page: Window): PageState {
  const readAddress = (): string | undefined =>
    new URLSearchParams(page.location.hash.slice(1)).get('job') ?? undefined
  const jobId = createStore(readAddress())
  page.addEventListener('hashchange', () => jobId.set(readAddress()))
  jobId.subscribe(() => page.history.replaceState(null, '', `#job=${jobId.getSnapshot()}`))
  const trouble = createStore('')
  return {
    jobId,
    format: createStore<'csv' | 'json'>('csv'),
    trouble,
    report(job) {
      if (job.jobId !== '') jobId.set(job.jobId)
      if (job.phase === 'starting') trouble.set('')
      if (job.startError) trouble.set(`The export did not start: ${job.startError.message}`)
    },
    attempt(failure, done) {
      trouble.set('')
      done.catch((error: unknown) =>
        trouble.set(`${failure}: ${error instanceof Error ? error.message : String(error)}`),
      )
    },
  }
}
