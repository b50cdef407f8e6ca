import type { ModelFrame, ModelServer } from './model-server.ts'
import { createModelTruth, type ModelState } from './model-truth.ts'

/** A registration at the session's own server. */
interface Registering {
  /** Its answer comes in the stream, not in that of a request. */
  readonly isInStream: boolean
  isRegistered: boolean
  snapshot: ModelState | null
}

/**
 * Several model servers over one run, behind a balancer that sends each request to any of them.
 * The request that opens a stream registers the run. A later one at the wrong server is left for
 * the session's own one: it may come late, after others, or never, and its answer comes in the
 * stream. A killed server takes its session along, and the stream is silent from then on.
 *
 * @param size the number of servers
 * @see PROTOCOL.md, "Registrations in the stream" and "Several servers"
 */
export function createModelCluster(size: number): ModelServer {
  const truth = createModelTruth(true)
  let isConnected = false
  /** False once the session's server was killed. */
  let isAlive = false
  let isRegistered = false
  /** The client waits for an answer. */
  let isAsking = false
  const forwards: Registering[] = []
  const registering: Registering[] = []
  const frames: ModelFrame[] = []

  const toRegistering = (isInStream: boolean): Registering => {
    return { isInStream, isRegistered: false, snapshot: null }
  }
  const takeFrom = <T>(list: T[], value: number): T | undefined =>
    list.splice(value % Math.max(1, list.length), 1)[0]
  const push = (): void => {
    frames.push({ type: 'push', state: truth.state() })
  }
  /** The answer comes before the first push, which then has what has changed since. */
  const answerInStream = (state: ModelState): void => {
    frames.push({ type: 'answer', state })
    if (!isRegistered && state !== truth.state()) push()
    isRegistered = true
  }
  const reset = (): void => {
    isRegistered = false
    isAsking = false
    for (const list of [forwards, registering, frames]) list.length = 0
  }

  return {
    state: truth.state,
    isCarrying: true,
    isConnected: () => isConnected,
    isAsking: () => isAsking,
    framesLeft: () => frames.length,
    change(to, value) {
      if (truth.change(to, value) && isRegistered && isAlive) push()
    },
    ask(value) {
      if (!isAlive) return false
      const isOwner = value % size === 0
      const list = isOwner ? registering : forwards
      list.push(toRegistering(!isOwner))
      isAsking = true
      return true
    },
    work(value) {
      const each = registering[value % Math.max(1, registering.length)]
      if (!each || each.snapshot) return
      if (!each.isRegistered) {
        each.isRegistered = true
        // A request's answer and the pushes may overtake each other.
        if (!each.isInStream) isRegistered = true
        return
      }
      each.snapshot = truth.state()
      if (!each.isInStream) return
      registering.splice(registering.indexOf(each), 1)
      answerInStream(each.snapshot)
    },
    deliver() {
      const frame = frames.shift() ?? null
      if (frame?.type !== 'answer') return frame
      // Nothing waits for it any more: the client ignores it.
      if (!isAsking) return null
      isAsking = false
      return frame
    },
    repeat: () => null,
    answer() {
      const at = registering.findIndex(({ isInStream, snapshot }) => snapshot && !isInStream)
      const [answered] = at === -1 ? [] : registering.splice(at, 1)
      if (!answered || !isAsking) return null
      isAsking = false
      return answered.snapshot
    },
    lose() {
      const at = registering.findIndex(({ isInStream, snapshot }) => snapshot && !isInStream)
      if (at !== -1) registering.splice(at, 1)
    },
    drop() {
      isConnected = false
      isAlive = false
      reset()
    },
    connect() {
      isConnected = true
      isAlive = true
      isAsking = true
      registering.push(toRegistering(true))
    },
    forward(value) {
      const forwarded = takeFrom(forwards, value)
      if (forwarded && isAlive) registering.push(forwarded)
    },
    loseForward(value) {
      takeFrom(forwards, value)
    },
    giveUp() {
      isAsking = false
    },
    kill() {
      isAlive = false
      reset()
    },
  }
}
