import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGateway, workflow } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { createChannel, createSession } from 'better-sse'
import pg from 'pg'
import { pino } from 'pino'
import { raw } from './peers/raw.ts'

/*
 * A server on a real database, in its own process. It sends its port and serves until its parent
 * ends.
 */

const [name = '', database = ''] = process.argv.slice(2)

/** The gateway with its defaults, and a queue only if it is asked for one. */
async function headway(hasQueue: boolean): Promise<void> {
  const none = async (): Promise<never> => Promise.reject(new Error('There is no queue here'))
  const asked = { enqueue: none, remove: none, statesOf: none, work: none }
  const connection = { ...asked, close: async () => undefined }
  const watched = workflow({
    steps: Array.from({ length: 100 }, (_, step) => `step-${step}`),
    run: none,
  })
  const gateway = await createGateway({
    database,
    engine: hasQueue ? bullmq() : { name: 'none', queue: 'none', connect: async () => connection },
    workflows: { watched },
    workflowEngine: { name: 'dbos', start: none },
    logger: pino({ level: 'warn' }),
    maxSessions: 20_000,
  })
  serve(gateway.node)
}

/** A server by hand with better-sse: LISTEN, read the changed row, broadcast it. */
async function betterSse(): Promise<void> {
  const channel = createChannel()
  const pool = new pg.Pool({ connectionString: database })
  const listener = new pg.Client({ connectionString: database })
  await listener.connect()
  listener.on('notification', async ({ payload }) => {
    const { rows } = await pool.query(
      `select id as job_id, status, progress, message, output, error, revision::float8, attempt
         from headway.run where id = $1`,
      [payload],
    )
    channel.broadcast({ target: `job:${payload}`, payload: rows[0] }, 'update')
  })
  await listener.query('listen headway_run')
  serve(async (request, response) => channel.register(await createSession(request, response)))
}

function serve(listener: Parameters<typeof createServer>[1]): void {
  const server = createServer(listener)
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
    process.send?.((server.address() as AddressInfo).port)
  })
}

process.on('disconnect', () => process.exit())
if (name === 'headway' || name === 'bullmq') await headway(name === 'bullmq')
else if (name === 'better-sse') await betterSse()
else serve(raw().listener)
