import { toUuid } from '../state.ts'
import { createAsker } from './asker.ts'
import { now, openReader } from './readers.ts'

/*
 * All clients that return at once, in their own process: each opens a stream and registers.
 */

/** The size of the storm. */
export interface Storm {
  port: number
  clients: number
  registrations: number
  /** The number of clients that come at the same time. */
  inFlight: number
  /** The request for the stream carries the registrations. */
  isCarried: boolean
}

process.on('disconnect', () => process.exit())
process.on('message', (storm: Storm) => void run(storm).then((ms) => process.send?.(ms)))

/** The milliseconds until each client has a stream and an answer to each registration. */
async function run({ port, clients, registrations, inFlight, isCarried }: Storm): Promise<number> {
  const startedAt = now()
  let next = 0
  const come = async (): Promise<void> => {
    for (let client = next++; client < clients; client = next++) {
      const runIds = Array.from({ length: registrations }, (_, n) => {
        return toUuid(client * registrations + n)
      })
      if (isCarried) {
        const items = runIds.map((id) => ({ kind: 'job', id, job_id: id }))
        await openReader(port, client, () => undefined, items)
        continue
      }
      await openReader(port, client, () => undefined)
      // As in a browser, the stream and the requests have separate connections.
      const asker = createAsker(port)
      for (const id of runIds) await asker.post('/_api/subscribe-job', { id, job_id: id })
      asker.close()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, come))
  return now() - startedAt
}
