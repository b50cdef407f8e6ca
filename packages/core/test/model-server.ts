import { type Change, createModelTruth, type ModelState } from './model-truth.ts'

/** The next action, chosen by fast-check. `value` chooses among several requests or servers. */
export type Action =
  /** The run changes. */
  | { type: 'change'; to: Change; value: number }
  /** The client sends a registration. */
  | { type: 'ask'; value: number }
  /** The server takes the next step of a registration: reading or registering. */
  | { type: 'work'; value: number }
  /** The next frame arrives. */
  | { type: 'deliver' }
  | { type: 'answer' }
  /** The next answer is lost. The server keeps the registration. */
  | { type: 'lose' }
  /** The last frame comes again, as Forge may send it. */
  | { type: 'repeat' }
  | { type: 'drop' }
  | { type: 'connect' }
  /** A request at the wrong server reaches the session's own one, or never does. */
  | { type: 'forward' | 'loseForward'; value: number }
  /** The client waits no longer for an answer. */
  | { type: 'giveUp' }
  /** The session's server is killed. */
  | { type: 'kill' }

/** A frame on its way: a push, or the answer to a registration. */
export interface ModelFrame {
  type: 'push' | 'answer'
  state: ModelState
}

/** What a client can reach: one server, or several. It has one session at a time. */
export interface ModelServer {
  state(): ModelState
  /** True if the request that opens a stream registers the run, too. */
  readonly isCarrying: boolean
  isConnected(): boolean
  /** True while the client waits for the answer to a registration. */
  isAsking(): boolean
  framesLeft(): number
  change(to: Change, value: number): void
  /** Takes a registration. Returns false if no server has the session. */
  ask(value: number): boolean
  work(value: number): void
  /** Removes and returns the next frame. */
  deliver(): ModelFrame | null
  repeat(): ModelState | null
  /** The answer to a request; `null` before both steps are done. */
  answer(): ModelState | null
  lose(): void
  drop(): void
  connect(): void
  forward(value: number): void
  loseForward(value: number): void
  giveUp(): void
  kill(): void
}

interface Registering {
  step: number
  snapshot: ModelState | null
}

const nothing = (): void => undefined

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
export function createModelServer(isRevised: boolean): ModelServer {
  const truth = createModelTruth(isRevised)
  let isConnected = false
  let isRegistered = false
  let registering: Registering | null = null
  let last: ModelState | null = null
  const frames: ModelState[] = []

  return {
    state: truth.state,
    isCarrying: false,
    isConnected: () => isConnected,
    isAsking: () => registering !== null,
    framesLeft: () => frames.length,
    change(to, value) {
      if (to === 'stale' && !isRevised && isRegistered) frames.push(truth.before())
      if (truth.change(to, value) && isRegistered) frames.push(truth.state())
    },
    ask() {
      registering = { step: 0, snapshot: null }
      return true
    },
    work() {
      if (!registering || registering.step === 2) return
      const reads = isRevised ? registering.step === 1 : registering.step === 0
      if (reads) registering.snapshot = truth.state()
      else isRegistered = true
      registering.step += 1
    },
    deliver() {
      last = frames.shift() ?? null
      return last && { type: 'push', state: last }
    },
    repeat: () => (isRevised ? null : last),
    answer() {
      if (registering?.step !== 2) return null
      const { snapshot } = registering
      registering = null
      return snapshot
    },
    lose() {
      if (registering?.step === 2) registering = null
    },
    drop() {
      isConnected = false
      isRegistered = false
      registering = null
      last = null
      frames.length = 0
    },
    connect() {
      isConnected = true
    },
    forward: nothing,
    loseForward: nothing,
    giveUp: nothing,
    kill: nothing,
  }
}
