import { createGateway } from '@headway/gateway'
import { pino } from 'pino'
import { type RunningServer, serve } from './server.ts'

/** The gateway with its defaults, for more streams. It starts no job, so it has no queue. */
export async function headway(database: string): Promise<RunningServer> {
  const none = async (): Promise<never> => Promise.reject(new Error('There is no queue here'))
  const asked = { enqueue: none, remove: none, statesOf: none, work: none }
  const connection = { ...asked, close: async () => undefined }
  const gateway = await createGateway({
    database,
    engine: { name: 'none', queue: 'none', connect: async () => connection },
    jobs: {},
    logger: pino({ level: 'warn' }),
    maxSessions: 20_000,
  })
  const { port } = await serve(gateway.node)
  return {
    port,
    async drain(overMs) {
      await gateway.drain({ overMs })
      await gateway.close()
    },
  }
}
