import {
  createStore,
  type HeadwayError,
  type JobView,
  type Store,
  type ValueStore,
  type WorkflowView,
} from '@headway/core'

/** What the panels have in common. */
export interface PageState {
  /** The job that everybody follows: whichever panel started one last. */
  jobId: ValueStore<string | undefined>
  /** The workflow that everybody follows. */
  workflowId: ValueStore<string | undefined>
  /** The import that everybody follows. */
  importId: ValueStore<string | undefined>
  /** What the next export is to be. */
  format: ValueStore<'csv' | 'json'>
  /** Whether a step of the next verification is to fail. */
  fails: ValueStore<boolean>
  /** What was asked for last and could not be done, in words; empty when it could. */
  trouble: ValueStore<string>
  /** The time in epoch milliseconds, as exactly as "2 minutes ago" needs it. */
  now: Store<number>
  /** A panel says what it shows: a job that was created is everybody's, one that was not is trouble. */
  report(job: JobView<unknown>): void
  /** The same of a workflow. */
  reportWorkflow(workflow: WorkflowView<unknown>): void
  /** A file is sent: the job that it becomes is everybody's. What goes wrong before that is in the upload's view. */
  followImport(sending: Promise<{ job: string }>): void
  /** Something is asked for; its failure is trouble. */
  attempt(failure: string, done: Promise<unknown>): void
}

const clockMs = 15_000

/** The page's state. The ids stand in the address: a reload, another tab, or another id written there follows them. */
export function createPageState(page: Window): PageState {
  const readAddress = (name: string): string | undefined =>
    new URLSearchParams(page.location.hash.slice(1)).get(name) ?? undefined
  const jobId = createStore(readAddress('job'))
  const workflowId = createStore(readAddress('workflow'))
  const importId = createStore(readAddress('import'))
  const ids = Object.entries({ job: jobId, workflow: workflowId, import: importId })
  const writeAddress = (): void => {
    const known = ids.map(([name, id]) => [name, id.getSnapshot()]).filter(([, id]) => id)
    page.history.replaceState(null, '', `#${known.map((pair) => pair.join('=')).join('&')}`)
  }
  page.addEventListener('hashchange', () => {
    for (const [name, id] of ids) id.set(readAddress(name))
  })
  for (const [, id] of ids) id.subscribe(writeAddress)
  const now = createStore(Date.now())
  page.setInterval(() => now.set(Date.now()), clockMs)
  const trouble = createStore('')
  const reportStart = (phase: string, startError: HeadwayError | null, what: string): void => {
    if (phase === 'starting') trouble.set('')
    if (startError) trouble.set(`The ${what} did not start: ${startError.message}`)
  }
  return {
    jobId,
    workflowId,
    importId,
    now,
    format: createStore<'csv' | 'json'>('csv'),
    fails: createStore(false),
    trouble,
    report(job) {
      if (job.jobId !== '') jobId.set(job.jobId)
      reportStart(job.phase, job.startError, 'export')
    },
    reportWorkflow(workflow) {
      if (workflow.workflowId !== '') workflowId.set(workflow.workflowId)
      reportStart(workflow.phase, workflow.startError, 'verification')
    },
    followImport(sending) {
      sending.then(
        ({ job }) => importId.set(job),
        () => undefined,
      )
    },
    attempt(failure, done) {
      trouble.set('')
      done.catch((error: unknown) =>
        trouble.set(`${failure}: ${error instanceof Error ? error.message : String(error)}`),
      )
    },
  }
}
