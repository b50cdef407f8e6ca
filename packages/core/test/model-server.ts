/** A state of the model: what its server would send as a snapshot. */
export interface ModelState {
  status: string
  progress: number
  error: string | null
  revision?: number
}

/** What happens next, decided by fast-check. */
export type Action =
  /** The run moves on. */
  | { type: 'change'; to: 'progress' | 'late' | 'stale' | 'fail' | 'end' | 'retry'; value: number }
  /** The client sends a registration. */
  | { type: 'ask' }
  /** The server takes the next of the two steps of a registration that is under way. */
  | { type: 'work' }
  /** What has been sent arrives: the next frame, or the answer. */
  | { type: 'deliver' }
  | { type: 'answer' }
  /** The next answer is lost on its way; what the server did stays done. */
  | { type: 'lose' }
  /** The same frame once more, as Forge sends it. */
  | { type: 'repeat' }
  | { type: 'drop' }
  | { type: 'connect' }

interface Registering {
  step: number
  snapshot: ModelState | null
}

/**
 * A server and the wire between, as small as they can be: one run, one session at a time, frames that
 * arrive in order and are lost only together with their session, answers that overtake frames and are
 * overtaken.
 *
 * With revisions it registers first and reads then, and never sends an older state after a newer one.
 * Without, it is Forge 0.10: it reads first, so that what changes before it registers is never told;
 * it repeats itself; it pushes what a replica still had; and progress is written late, after the end.
 */
export function createModelServer(isRevised: boolean) {
  let revision = 1
  let state: ModelState = stamp({ status: 'pending', progress: 0, error: null })
  let before = state
  let isConnected = false
  let isRegistered = false
  let registering: Registering | null = null
  let last: ModelState | null = null
  const frames: ModelState[] = []

  function stamp(next: ModelState): ModelState {
    const { revision: _, ...words } = next
    return isRevised ? { ...words, revision } : words
  }
  const isEnded = (): boolean => state.status === 'completed' || state.status === 'dead_letter'
  const next = (to: string, value: number): ModelState | null => {
    if (to === 'stale') return null
    if (to === 'late') return isEnded() ? { ...state, progress: value } : null
    if (to === 'retry') {
      // Only a server with revisions can say that what has ended begins anew.
      return isEnded() && isRevised ? { status: 'pending', progress: 0, error: null } : null
    }
    if (isEnded()) return null
    if (to === 'progress') return { ...state, status: 'running', progress: value }
    if (to === 'fail') return { ...state, status: 'pending', error: `attempt ${value}` }
    return { ...state, status: value % 2 === 0 ? 'completed' : 'dead_letter' }
  }

  return {
    state: (): ModelState => state,
    isConnected: (): boolean => isConnected,
    isAsking: (): boolean => registering !== null,
    framesLeft: (): number => frames.length,
    change(to: string, value: number): void {
      if (to === 'stale' && !isRevised && isRegistered) frames.push(before)
      const changed = next(to, value)
      if (!changed) return
      before = state
      revision += 1
      state = stamp(changed)
      if (isRegistered) frames.push(state)
    },
    ask(): void {
      registering = { step: 0, snapshot: null }
    },
    work(): void {
      if (!registering || registering.step === 2) return
      const reads = isRevised ? registering.step === 1 : registering.step === 0
      if (reads) registering.snapshot = state
      else isRegistered = true
      registering.step += 1
    },
    /** The next frame that arrives. */
    deliver(): ModelState | null {
      last = frames.shift() ?? null
      return last
    },
    repeat: (): ModelState | null => (isRevised ? null : last),
    /** The answer, once both steps are done. */
    answer(): ModelState | null {
      if (registering?.step !== 2) return null
      const { snapshot } = registering
      registering = null
      return snapshot
    },
    lose(): void {
      if (registering?.step === 2) registering = null
    },
    drop(): void {
      isConnected = false
      isRegistered = false
      registering = null
      last = null
      frames.length = 0
    },
    connect(): void {
      isConnected = true
    },
  }
}
