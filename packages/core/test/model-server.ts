/** A state of the model server, which it sends as a snapshot. */
export interface ModelState {
  status: string
  progress: number
  error: string | null
  revision?: number
}

/** The next action, chosen by fast-check. */
export type Action =
  /** The run changes. */
  | { type: 'change'; to: 'progress' | 'late' | 'stale' | 'fail' | 'end' | 'retry'; value: number }
  /** The client sends a registration. */
  | { type: 'ask' }
  /** The server takes the next step of a registration: reading or registering. */
  | { type: 'work' }
  /** The next frame arrives. */
  | { type: 'deliver' }
  | { type: 'answer' }
  /** The next answer is lost. The server keeps the registration. */
  | { type: 'lose' }
  /** The last frame comes again, as Forge may send it. */
  | { type: 'repeat' }
  | { type: 'drop' }
  | { type: 'connect' }

interface Registering {
  step: number
  snapshot: ModelState | null
}

/**
 * A minimal server and its network. It has one run and one session at a time. Frames arrive in
 * order and are lost only together with their session. Answers can overtake frames, and frames can
 * overtake answers.
 *
 * With revisions, it registers before it reads, and never sends an older state after a newer one.
 * Without revisions it is Forge 0.10. It reads before it registers, so it never sends a change
 * between the two. It repeats frames, pushes old states of a replica, and sends late progress after
 * the end.
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
      // Only a server with revisions can show that an ended run starts again.
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
    /** Removes and returns the next frame. */
    deliver(): ModelState | null {
      last = frames.shift() ?? null
      return last
    },
    repeat: (): ModelState | null => (isRevised ? null : last),
    /** The answer; `null` before both steps are done. */
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
