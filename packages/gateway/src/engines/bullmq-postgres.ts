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
import type { BullmqPostgresOptions, WithDefaults } from './bullmq-options.ts'
import { process, toEngineWorker, toProducer, workerOptions } from './bullmq-work.ts'
import { createYieldingBackend } from './bullmq-yielding.ts'
import type { EngineConnection, EngineStart } from './engine.ts'

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
  return {
    ...toProducer(producer),
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
