import {
  createStore,
  type HeadwayError,
  type JobHandle,
  type JobView,
  type Store,
  type ValueStore,
  type WorkflowView,
} from '@headway/core'

/** The scenarios of the page, of which it shows one at a time. */
export const scenarios = ['job', 'workflow', 'list', 'query', 'upload', 'batch'] as const
export type Scenario = (typeof scenarios)[number]

/** The state that all panels share. */
export interface PageState {
  /** The scenario that is shown. */
  scenario: ValueStore<Scenario>
  /** The export that all panels follow: the last one that a panel started. */
  jobId: ValueStore<string | undefined>
  /** The verification that all panels follow. */
  workflowId: ValueStore<string | undefined>
  /** The import that all panels follow. */
  importId: ValueStore<string | undefined>
  /** The group of imports that all panels follow. */
  batchId: ValueStore<string | undefined>
  /** The error of the newest upload if the server refused it; `null` from the next import on. */
  refusal: Store<unknown>
  /** The format of the next export. */
  format: ValueStore<'csv' | 'json'>
  /** True if a step of the next verification is to fail. */
  fails: ValueStore<boolean>
  /** The last action that failed, in words; empty if the last one succeeded. */
  trouble: ValueStore<string>
  /** The time in epoch milliseconds, updated every second. */
  now: Store<number>
  /** Takes a panel's view: all panels follow a created job; a failed start becomes `trouble`. */
  report(job: JobView<unknown>): void
  /** Takes an export that was just started: all panels follow it, or its failure is `trouble`. */
  followStart(job: JobHandle<unknown>): void
  /** Takes a panel's view of a workflow. */
  reportWorkflow(workflow: WorkflowView<unknown>): void
  /** Takes a panel's view of a group. */
  reportBatch(group: JobView<unknown>): void
  /** All panels follow the import of an upload; its error becomes `refusal`. */
  followImport(sending: Promise<{ job: string }>): void
  /** Waits for an action. Its failure becomes `trouble`. */
  attempt(failure: string, done: Promise<unknown>): void
}

const clockMs = 1_000

/** The page's state. Scenario and ids are kept in the address, for reloads and for other tabs. */
export function createPageState(page: Window): PageState {
  const readAddress = (name: string): string | undefined =>
    new URLSearchParams(page.location.hash.slice(1)).get(name) ?? undefined
  const jobId = createStore(readAddress('job'))
  const workflowId = createStore(readAddress('workflow'))
  const importId = createStore(readAddress('import'))
  const batchId = createStore(readAddress('batch'))
  const scenario = createStore(toScenario(readAddress('show')))
  const ids = Object.entries({
    job: jobId,
    workflow: workflowId,
    import: importId,
    batch: batchId,
  })
  const writeAddress = (): void => {
    const shown = scenario.getSnapshot()
    const known = [
      ['show', shown === scenarios[0] ? undefined : shown],
      ...ids.map(([name, id]) => [name, id.getSnapshot()]),
    ].filter(([, value]) => value)
    page.history.replaceState(null, '', `#${known.map((pair) => pair.join('=')).join('&')}`)
  }
  page.addEventListener('hashchange', () => {
    // All are read first: setting one writes the address.
    const read = ids.map(([name, id]) => [id, readAddress(name)] as const)
    scenario.set(toScenario(readAddress('show')))
    for (const [id, value] of read) id.set(value)
  })
  for (const store of [scenario, ...ids.map(([, id]) => id)]) store.subscribe(writeAddress)
  const now = createStore(Date.now())
  page.setInterval(() => now.set(Date.now()), clockMs)
  const trouble = createStore('')
  const refusal = createStore<unknown>(null)
  importId.subscribe(() => refusal.set(null))
  const reportStart = (phase: string, startError: HeadwayError | null, what: string): void => {
    if (phase === 'starting') trouble.set('')
    if (startError) trouble.set(`The ${what} did not start: ${startError.message}`)
  }
  const report = (job: JobView<unknown>): void => {
    if (job.jobId !== '') jobId.set(job.jobId)
    reportStart(job.phase, job.startError, 'export')
  }
  return {
    scenario,
    jobId,
    workflowId,
    importId,
    batchId,
    refusal,
    now,
    format: createStore<'csv' | 'json'>('csv'),
    fails: createStore(false),
    trouble,
    report,
    followStart(job) {
      const stop = job.subscribe(() => {
        const view = job.getSnapshot()
        report(view)
        // From here on the page follows it by its id.
        if (view.jobId === '' && !view.startError) return
        stop()
        job.unsubscribe()
      })
      report(job.getSnapshot())
    },
    reportWorkflow(workflow) {
      if (workflow.workflowId !== '') workflowId.set(workflow.workflowId)
      reportStart(workflow.phase, workflow.startError, 'verification')
    },
    reportBatch(group) {
      if (group.jobId !== '') batchId.set(group.jobId)
      reportStart(group.phase, group.startError, 'batch')
    },
    followImport(sending) {
      sending.then(({ job }) => importId.set(job), refusal.set)
    },
    attempt(failure, done) {
      trouble.set('')
      done.catch((error: unknown) =>
        trouble.set(`${failure}: ${error instanceof Error ? error.message : String(error)}`),
      )
    },
  }
}

function toScenario(word: string | undefined): Scenario {
  return scenarios.find((scenario) => scenario === word) ?? scenarios[0]
}
