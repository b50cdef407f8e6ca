import { createClient, mutationsOf } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { createGateway, mutation } from '../src/index.ts'
import { query as ask } from './support/database.ts'
import { client, database, late, names, replaceEnqueue } from './support/mutations-gateway.ts'
import { quiet } from './support/quiet.ts'

describe('a mutation', () => {
  it('changes what it changes and starts what it starts, together; live queries show it', async () => {
    const shown = client.watch(names.queries.names, undefined as never)
    const stop = shown.subscribe(() => undefined)
    await expect.poll(() => shown.getSnapshot().data).toEqual([])
    const started = await client.call(names.mutations.rename, { id: 1, name: 'Ann' })
    expect(await client.attach(names.jobs.greet, started.job).result).toEqual({
      greeting: 'Hello Ann',
    })
    expect(await client.attach(names.workflows.sign, started.workflow).result).toBe('signed')
    await expect.poll(() => shown.getSnapshot().data).toEqual(['Ann'])
    stop()
  })

  it('that forgives a statement its failure is refused, since PostgreSQL undoes it all', async () => {
    const before = await ask(database, 'select id from headway.run order by id')
    await expect(client.call(names.mutations.forgiving, undefined as never)).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
    })
    expect(await ask(database, 'select id from headway.run order by id')).toEqual(before)
    expect(await ask(database, 'select id from users where id = 90')).toEqual([])
  })

  it('that goes on after its end does nothing more on a connection that others have', async () => {
    await client.call(names.mutations.hasty, undefined as never)
    expect((await late).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await ask(database, 'select id from users where id = 91')).toEqual([])
  })

  it('that fails has changed nothing, and started nothing', async () => {
    const before = await ask(database, 'select id from headway.run order by id')
    const calling = client.call(names.mutations.rename, { id: 2, name: 'Bob', fail: true })
    await expect(calling).rejects.toMatchObject({ status: 500, message: 'Something went wrong' })
    expect(await ask(database, 'select id from users where id = 2')).toEqual([])
    expect(await ask(database, 'select id from headway.run order by id')).toEqual(before)
  })

  it('says why it refuses', async () => {
    await expect(client.call(names.mutations.refusing)).rejects.toMatchObject({
      code: 'TOO_LITTLE',
      status: 422,
      message: 'There is not enough money',
      details: { left: 3 },
    })
  })

  it('starts nothing that is not the gateway’s own', async () => {
    await expect(client.call(names.mutations.misplaced)).rejects.toMatchObject({ status: 500 })
  })

  it('ends in time', async () => {
    const slow = mutation({ run: ({ sql }) => sql`select pg_sleep(600)` })
    const options = { database, mutations: { slow }, queryTimeoutSecs: 1, logger: quiet }
    const brief = await createGateway(options)
    const client = createClient({ url: (await brief.listen(0)).url })
    await expect(client.call(mutationsOf<typeof brief.api>().slow)).rejects.toMatchObject({
      code: 'TIMEOUT',
      status: 504,
    })
    client.close()
    await brief.close()
  })

  it('what its queue does not take is handed over later, by whoever finds it', async () => {
    replaceEnqueue(() => Promise.reject(new Error('no queue')))
    const { job } = await client.call(names.mutations.rename, { id: 3, name: 'Eve' })
    const read = () =>
      ask<{ status: string }>(database, 'select status from headway.run where id = $1', [job])
    expect(await read()).toEqual([{ status: 'pending' }])
    replaceEnqueue()
    expect(await client.attach(names.jobs.greet, job).result).toEqual({ greeting: 'Hello Eve' })
  })

  it('a crash between a start and its queue loses none, nor one between a retry and its queue', async () => {
    // As whoever dies there leaves it.
    replaceEnqueue(() => new Promise(() => undefined))
    const { job } = await client.call(names.mutations.rename, { id: 4, name: 'Joe' })
    replaceEnqueue()
    const handle = client.attach(names.jobs.greet, job)
    expect(await handle.result).toEqual({ greeting: 'Hello Joe' })
    await ask(
      database,
      `update headway.run
          set status = 'pending', engine_id = gen_random_uuid()::text, handed_over_at = null, output = null,
              finished_at = null, revision = revision + 1
        where id = $1`,
      [job],
    )
    const done = `select status from headway.run where id = $1 and status = 'completed'`
    await expect.poll(() => ask(database, done, [job])).toHaveLength(1)
  })
})
