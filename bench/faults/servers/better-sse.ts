import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Channel, createChannel, createSession } from 'better-sse'
import { listenForChanges, type Row } from './changes.ts'
import { type RunningServer, serve } from './server.ts'

/** The events that a server keeps for those who come back: ten minutes at a hundred a second. */
const maxHistory = 60_000

/**
 * Sessions and a channel per job. A client that returns with the id of its last event gets the
 * events since then from a history in memory, as the specification of event streams means it: the
 * library passes that id on and leaves the history to its user.
 *
 * @param reads sends the current states to a client that the history knows nothing of: a new one,
 *   and one of another server
 */
export const betterSse =
  ({ reads }: { reads: boolean }) =>
  async (database: string): Promise<RunningServer> => {
    const channels = new Map<string, Channel>()
    const history: { number: number; row: Row }[] = []
    // Another server counts its own events.
    const epoch = crypto.randomUUID()
    let number = 0
    const toId = (): string => `${epoch}/${number}`
    const channelOf = (jobId: string): Channel => {
      const channel = channels.get(jobId) ?? createChannel()
      channels.set(jobId, channel)
      return channel
    }
    const changes = await listenForChanges(database, (row) => {
      number += 1
      history.push({ number, row })
      if (history.length > maxHistory) history.shift()
      channelOf(row.job_id).broadcast(row, 'update', { eventId: toId() })
    })
    const missedSince = (lastId: string): typeof history | null => {
      const [ofEpoch, last] = lastId.split('/')
      const oldest = number - history.length
      if (ofEpoch !== epoch || Number(last) < oldest) return null
      return history.slice(Number(last) - oldest)
    }

    async function listener(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { searchParams } = new URL(request.url ?? '', 'http://bench')
      const jobIds = searchParams.get('jobs')?.split(',') ?? []
      const session = await createSession(request, response)
      if (!session.isConnected) return
      const missed = missedSince(session.lastId)
      for (const { number: at, row } of missed ?? []) {
        if (jobIds.includes(row.job_id)) session.push(row, 'update', `${epoch}/${at}`)
      }
      for (const jobId of jobIds) channelOf(jobId).register(session)
      if (missed || !reads) return
      for (const row of await changes.read(jobIds)) {
        if (session.isConnected) session.push(row, 'update', toId())
      }
    }
    const { server, port } = await serve((request, response) => void listener(request, response))
    return {
      port,
      async drain() {
        server.close()
        server.closeAllConnections()
      },
    }
  }
