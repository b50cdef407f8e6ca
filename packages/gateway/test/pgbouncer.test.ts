import { createClient, defineJob, defineQuery, defineWorkflow } from '@headway/core'
import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createGateway, createWorker } from '../src/index.ts'
import { isAnswerLost } from '../src/postgres/failures.ts'
import { CommitLost, type Connection, inTransaction } from '../src/postgres/in-transaction.ts'
import { createPools } from '../src/postgres/pools.ts'
import { query as ask } from './support/database.ts'
import { hasPgBouncer, startPgBouncer } from './support/pgbouncer.ts'
import { app, direct, teardown } from './support/pooled-app.ts'
import { quiet } from './support/quiet.ts'
import { createRefusingProxy } from './support/refusing-proxy.ts'

describe.skipIf(!hasPgBouncer).each(['session', 'transaction'] as const)(
  'behind PgBouncer in %s mode',
  (mode) => {
    const open = async (): Promise<string> => {
      const bouncer = await startPgBouncer(direct, mode)
      teardown.defer(bouncer.stop)
      return bouncer.url
    }

    it('jobs, workflows and live queries work from end to end', async () => {
      const database = await open()
      await ask(direct, 'create table item (id int)')
      const where = mode === 'transaction' ? { database, listenDatabase: direct } : { database }
      const gateway = await createGateway({ ...app, ...where })
      teardown.defer(gateway.close)
      await ask(direct, `select headway.watch_table('item')`)
      const worker = await createWorker({ ...app, ...where })
      teardown.defer(worker.close)
      const { url } = await gateway.listen(0)
      const client = createClient({ url })
      teardown.defer(client.close)

      const rows = client.watch(defineQuery('rows'))
      rows.subscribe(() => undefined)
      await expect.poll(() => rows.getSnapshot().data).toBe(0)

      expect(await client.start(defineJob('count'), { rows: 3 }).result).toEqual({ rows: 3 })

      const endless = client.start(defineJob('endless'))
      endless.subscribe(() => undefined)
      await expect.poll(() => endless.getSnapshot().message).toBe('at work')
      await endless.cancel('enough')
      await expect(endless.result).rejects.toMatchObject({ name: 'JobCancelled' })

      const verify = client.start(defineWorkflow('verify'))
      verify.subscribe(() => undefined)
      await expect.poll(() => verify.getSnapshot().waitingFor).toBe('confirmed')
      await client.sendEvent(defineWorkflow('verify'), verify.getSnapshot().workflowId, 'confirmed')
      expect(await verify.result).toBe(2)

      await ask(direct, 'insert into item values (1)')
      await expect.poll(() => rows.getSnapshot().data).toBe(1)

      const ready = await fetch(`${url}/_api/ready`)
      expect(await ready.json()).toMatchObject({ ready: true, reactor: true, queue: true })
    })
  },
)

it.each([
  ['a database', async () => direct],
  ...(hasPgBouncer
    ? [
        [
          'PgBouncer in transaction mode',
          async () => {
            const bouncer = await startPgBouncer(direct, 'transaction')
            teardown.defer(bouncer.stop)
            return bouncer.url
          },
        ] as const,
      ]
    : []),
] as const)(
  'on %s without settings of ours a transaction that hangs keeps its locks for a minute',
  async (_, open) => {
    const pools = createPools(await open(), quiet, true)
    teardown.defer(pools.close)
    const read = async (client: Connection | pg.Pool) => {
      const text = `select current_setting('idle_in_transaction_session_timeout') as "limit"`
      return (await client.query(text)).rows[0]?.limit
    }
    for (const pool of [pools.queries, pools.durable]) {
      for (const isReadOnly of [true, false]) {
        const options = { isReadOnly, timeoutSecs: 300 }
        expect(await inTransaction(pool, options, (client) => read(client))).toBe('1min')
      }
      // Others may get the connection next.
      expect(await read(pool)).toBe('0')
    }
  },
)

it.runIf(hasPgBouncer)(
  'an answer that PgBouncer has lost with its server is known as lost',
  async () => {
    const proxy = await createRefusingProxy(direct)
    teardown.defer(proxy.close)
    const bouncer = await startPgBouncer(proxy.url, 'transaction')
    teardown.defer(bouncer.stop)
    const pools = createPools(bouncer.url, quiet, true)
    teardown.defer(pools.close)
    const lose = (statement: RegExp) =>
      proxy.refuse({ matches: (sent) => statement.test(sent), state: 'cut', times: 1 })
    await ask(direct, 'create table item (id int)')
    const insert = (id: number) => `insert into item values (${id})`

    lose(/insert/)
    const error = await pools.durable.query(insert(1)).catch((error: unknown) => error)
    expect([error, isAnswerLost(error)]).toEqual([expect.anything(), true])

    lose(/commit\0/)
    const committing = inTransaction(
      pools.queries,
      { isReadOnly: false, timeoutSecs: 30 },
      (client) => client.query(insert(2)),
    )
    await expect(committing).rejects.toBeInstanceOf(CommitLost)
    expect(await ask(direct, 'select id from item order by id')).toEqual([{ id: 1 }, { id: 2 }])
  },
)

it.runIf(hasPgBouncer)(
  'in transaction mode without listenDatabase neither gateway nor worker starts, and both say why',
  async () => {
    const bouncer = await startPgBouncer(direct, 'transaction')
    teardown.defer(bouncer.stop)
    const { url: database } = bouncer
    const refused = {
      name: 'ConfigurationError',
      message: expect.stringContaining('listenDatabase'),
    }
    await expect(createGateway({ ...app, database })).rejects.toMatchObject(refused)
    await expect(createWorker({ ...app, database })).rejects.toMatchObject(refused)
  },
)
