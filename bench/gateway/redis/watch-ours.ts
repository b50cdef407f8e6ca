import { createGateway } from '@headway/gateway'
import { bullmqQueues } from '@headway/gateway/bullmq'
import { pino } from 'pino'
import { startDatabase } from '../database.ts'
import { queueName, type Watcher } from './order.ts'

/** A gateway that observes the queue, with a PostgreSQL of its own on the same processor. */
export async function headway(redis: string): Promise<Watcher> {
  const database = await startDatabase()
  const gateway = await createGateway({
    database: database.url,
    observe: bullmqQueues({ connection: { url: redis }, queues: [queueName] }),
    logger: pino({ level: 'warn' }),
  })
  const { url } = await gateway.listen(0)
  return {
    port: Number(new URL(url).port),
    async ended() {
      const text =
        'select count(*)::integer as ended from headway.run where finished_at is not null'
      return (await database.client.query<{ ended: number }>(text)).rows[0]?.ended ?? 0
    },
    async stop() {
      await gateway.close()
      await database.stop()
    },
  }
}
