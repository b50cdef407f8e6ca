import {
  followJob,
  type JobEvent,
  type JobFold,
  type JobView,
  reduceJob,
} from '../state/job-state.ts'
import { createStore, type Store } from '../store/store.ts'

/** One followed job: the fold of all that was heard of it, and whether somebody still wants to hear. */
export interface JobCell extends Store<JobView<unknown>> {
  readonly jobId: string
  /** How many hold it. At zero it is let go of, a little later. */
  holders: number
  dispatch(event: JobEvent): void
}

/** A cell of a job of which only the id is known. */
export function createJobCell(jobId: string): JobCell {
  let fold: JobFold<unknown> = followJob(jobId)
  const shown = createStore<JobView<unknown>>(fold.view)
  return {
    ...shown,
    jobId,
    holders: 0,
    dispatch(event) {
      fold = reduceJob(fold, event)
      shown.set(fold.view)
    },
  }
}
