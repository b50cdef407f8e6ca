/** A state of the model's run, which servers send as a snapshot. */
export interface ModelState {
  status: string
  progress: number
  error: string | null
  revision?: number
}

/** How the run changes. */
export type Change = 'progress' | 'late' | 'stale' | 'fail' | 'end' | 'retry'

/** The run that the model servers read. */
export interface ModelTruth {
  state(): ModelState
  /** The state before the newest change. */
  before(): ModelState
  /** Changes the run, if it can change so now. Returns whether it has. */
  change(to: Change, value: number): boolean
}

/** Creates the run. With revisions, each change has a higher one. */
export function createModelTruth(isRevised: boolean): ModelTruth {
  let revision = 1
  let state: ModelState = stamp({ status: 'pending', progress: 0, error: null })
  let before = state

  function stamp(next: ModelState): ModelState {
    const { revision: _, ...words } = next
    return isRevised ? { ...words, revision } : words
  }
  const isEnded = (): boolean => state.status === 'completed' || state.status === 'dead_letter'
  const next = (to: Change, value: number): ModelState | null => {
    if (to === 'stale') return null
    if (to === 'late') return isEnded() ? { ...state, progress: value } : null
    if (to === 'retry') {
      // Only a server with revisions can show that an ended run starts again.
      return isEnded() && isRevised ? { status: 'pending', progress: 0, error: null } : null
    }
    if (isEnded()) return null
    if (to === 'progress') return { ...state, status: 'running', progress: value }
    if (to === 'fail') return { ...state, status: 'pending', error: `attempt ${value}` }
    return { ...state, status: value % 2 === 0 ? 'completed' : 'dead_letter' }
  }
  return {
    state: () => state,
    before: () => before,
    change(to, value) {
      const changed = next(to, value)
      if (!changed) return false
      before = state
      revision += 1
      state = stamp(changed)
      return true
    },
  }
}
