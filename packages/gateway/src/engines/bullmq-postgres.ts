import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  Queue,
  SchemaMigrationRequiredError,
  Worker,
} from 'bullmq'
import pg, { type ClientBase } from 'pg'
import type { Logger } from 'pino'
import { TablesOutdated } from '../errors.ts'
import { withoutOptions } from '../postgres/connection-string.ts'
import { connectionTimeoutMillis, idleTimeoutMillis, withoutClient } from '../postgres/pools.ts'
import { endWhenSilent } from '../postgres/silence.ts'
import { sql } from '../sql.ts'
import type { BullmqPostgresOptions, WithDefaults } from './bullmq-options.ts'
import { process, toEngineWorker, toProducer, workerOptions } from './bullmq-work.ts'
import { createYieldingBackend } from './bullmq-yielding.ts'
import type { EngineConnection, EngineStart } from './engine.ts'
import { mostPlaces } from './positions-script.ts'

/**
 * The maximum wait for an answer on a connection, in milliseconds: no statement of BullMQ takes as
 * long.
 */
const silenceMs = 35_000

/** Connects to BullMQ in PostgreSQL. */
export async function connectToPostgres(
  options: Required<WithDefaults<BullmqPostgresOptions>>,
  database: string,
  logger: Logger,
  { migrate }: EngineStart = { migrate: true },
): Promise<EngineConnection> {
  const { queue, schema } = options
  if (!migrate) await checkTables(database, schema)
  const connection = {
    connectionString: withoutOptions(database),
    idleTimeoutMillis,
    schema,
    migrate,
    onConnect: (client: ClientBase) => {
      endWhenSilent(client, silenceMs)
      // BullMQ would send this as a start-up parameter, which poolers refuse.
      return client.query(`set search_path to ${client.escapeIdentifier(schema)}`)
    },
  }
  const warn = (error: Error): void => logger.warn({ err: withoutClient(error) }, 'bullmq')
  const producer = new Queue(queue, { connection }, createPostgresBackend)
  producer.on('error', warn)
  await producer.waitUntilReady()
  const { close, ...rest } = toProducer(producer)
  const reader = new pg.Pool({
    connectionString: withoutOptions(database),
    connectionTimeoutMillis,
    idleTimeoutMillis,
    max: 1,
    onConnect: connection.onConnect,
  })
  reader.on('connect', (client) => client.on('error', () => undefined))
  reader.on('error', warn)
  return {
    ...rest,
    async close() {
      await Promise.all([close(), reader.end()])
    },
    async positions(taskIds) {
      const { rows } = await reader.query<{ id: string; place: number }>(
        sql('engines/sql/read-positions'),
        [queue, taskIds, mostPlaces],
      )
      return new Map(rows.map(({ id, place }) => [id, place]))
    },
    async work({ concurrency }, handlers) {
      const { create, noting } = createYieldingBackend(createPostgresBackend)
      const execute = noting(handlers.execute)
      const worker = new Worker(
        queue,
        (job, token) => process(job, token, execute, warn),
        { connection, ...workerOptions(concurrency, options) },
        create,
      )
      return toEngineWorker(worker, handlers, warn)
    },
  }
}

/** Throws when its tables are missing or old. BullMQ itself accepts old ones. */
async function checkTables(database: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const version = await assertSchemaCompatibility(client, schema).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0
      throw error
    })
    if (version >= LATEST_SCHEMA_VERSION) return
    throw new TablesOutdated(
      `The schema "${schema}" is at version ${version}, this BullMQ needs ${LATEST_SCHEMA_VERSION}`,
    )
  } finally {
    await client.end()
  }
}
