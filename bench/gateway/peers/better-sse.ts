import { createChannel, createSession, type Session } from 'better-sse'
import { toState, toUuid } from '../../state.ts'
import { endOfTurn, ownRunOf, type Peer, streamOf } from './peer.ts'

/** The most used library: channels for shared runs, sessions for own runs. */
export function betterSse(): Peer {
  const channel = createChannel()
  const sessions: Session[] = []
  let revision = 0
  return {
    async listener(request, response) {
      const session = await createSession(request, response)
      channel.register(session)
      sessions[streamOf(request)] = session
    },
    async broadcast(runs) {
      revision += 1
      for (let run = 0; run < runs; run += 1) {
        const runId = toUuid(run)
        channel.broadcast({ target: `job:${runId}`, payload: toState(runId, revision) }, 'update')
      }
      await endOfTurn()
    },
    async unicast(told) {
      revision += 1
      for (const stream of told) {
        const runId = ownRunOf(stream)
        const update = { target: `job:${runId}`, payload: toState(runId, revision) }
        sessions[stream]?.push(update, 'update')
      }
      await endOfTurn()
    },
  }
}
