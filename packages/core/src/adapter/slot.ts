import { createStore } from '../store/store.ts'
import type { AnyRunHandle, Runs } from './runs.ts'

/** The run that a component shows: the one that was started last, until another id is asked for. */
export interface Slot {
  /** What to show when this id is asked for. */
  get(id: string | undefined): AnyRunHandle
  /** Shows a run that was started. */
  set(handle: AnyRunHandle): void
  /** Calls `listener` when a run that was started is to be shown. Returns how to stop. */
  subscribe(listener: () => void): () => void
}

/** A slot for components that are set up once, with what they ask for at first. */
export function createSlot(runs: Runs, firstId: string | undefined, args: unknown): Slot {
  let askedId = firstId
  let attached = runs.attach(firstId)
  let started = runs.first(firstId, args)
  const starts = createStore({})
  return {
    subscribe: starts.subscribe,
    get(id) {
      if (id !== askedId) {
        askedId = id
        attached = runs.attach(id)
        // Another run is asked for: what was started before is shown no longer.
        if (started && !isRun(started, id)) started = undefined
      }
      return started ?? attached
    },
    set(handle) {
      started = handle
      starts.set({})
    },
  }
}

/** Whether a run that was started goes on being shown when `id` is asked for: it is that very one. */
export function isRun(handle: AnyRunHandle, id: string | undefined): boolean {
  const view = handle.getSnapshot()
  return id === ('jobId' in view ? view.jobId : view.workflowId)
}
