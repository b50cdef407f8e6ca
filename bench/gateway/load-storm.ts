import { toUuid } from '../state.ts'
import { createAsker } from './asker.ts'
import { now, openReader } from './readers.ts'

/*
 * Everybody who comes back at once, in a process of its own: a stream each, and their registrations.
 */

/** What the storm is. */
export interface Storm {
  port: number
  clients: number
  registrations: number
  /** How many clients come at the same time. */
  inFlight: number
}

process.on('disconnect', () => process.exit())
process.on('message', (storm: Storm) => void run(storm).then((ms) => process.send?.(ms)))

/** In how many milliseconds everybody has a stream and an answer to each registration. */
async function run({ port, clients, registrations, inFlight }: Storm): Promise<number> {
  const startedAt = now()
  let next = 0
  const come = async (): Promise<void> => {
    for (let client = next++; client < clients; client = next++) {
      const { session } = await openReader(port, client, () => undefined)
      const runIds = Array.from({ length: registrations }, (_, n) => {
        return toUuid(client * registrations + n)
      })
      // As in a browser: a connection for the stream, another one for requests.
      const asker = createAsker(port)
      if (session) await asker.subscribe(session, runIds)
      else for (const id of runIds) await asker.post('/_api/subscribe-job', { id, job_id: id })
      asker.close()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, come))
  return now() - startedAt
}
