import { createStore } from '../store/store.ts'
import type { AnyRunHandle, Runs } from './runs.ts'

/**
 * The run that a component shows: the last started one, until the component asks for another id.
 */
export interface Slot {
  /** The run to show for this id. */
  get(id: string | undefined): AnyRunHandle
  /** Shows a started run. */
  set(handle: AnyRunHandle): void
  /** Calls `listener` after each `set`. Returns a function that stops it. */
  subscribe(listener: () => void): () => void
}

/** A slot for frameworks that set a component up once, with its first id and arguments. */
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
        // The component asks for another run: the started one is no longer shown.
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

/** True if `id` is the id of this run. */
export function isRun(handle: AnyRunHandle, id: string | undefined): boolean {
  const view = handle.getSnapshot()
  return id === ('jobId' in view ? view.jobId : view.workflowId)
}
