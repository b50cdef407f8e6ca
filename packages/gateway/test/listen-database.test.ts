import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createGateway } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { app, direct, teardown } from './support/pooled-app.ts'
import { quiet } from './support/quiet.ts'

it('a listenDatabase that is another database is refused at the start', async () => {
  const listenDatabase = await createDatabase()
  await expect(
    createGateway({ database: direct, listenDatabase, logger: quiet }),
  ).rejects.toMatchObject({ name: 'ConfigurationError' })
})

it('start-up options in the connection string do not keep BullMQ from its tables', async () => {
  const database = `${direct}?options=${encodeURIComponent('-c search_path=public')}`
  const { engine, jobs } = app
  const gateway = await createGateway({ database, engine, jobs, logger: quiet })
  teardown.defer(gateway.close)
  const { url } = await gateway.listen(0)
  const answer = await fetch(`${url}/_api/rpc/count`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ args: { rows: 1 } }),
  })
  expect(answer.status).toBe(200)
  const ready = await fetch(`${url}/_api/ready`)
  expect(await ready.json()).toMatchObject({ ready: true, queue: true })
})

it('parameters of other tools are logged by name, without their values', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const database = `${direct}?pgbouncer=true&sslmode=disable&api_key=secret`
  const gateway = await createGateway({ database, logger })
  teardown.defer(gateway.close)
  expect(lines.join('')).toContain('unknown parameters, which have no effect: pgbouncer, api_key')
  expect(lines.join('')).not.toContain('secret')
})
