import { openStream, post, read, subscribe } from '@headway/conformance/wire'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { begin, database, notify, pool, rowOf, settled, url } from './support/notes-gateway.ts'

describe('a forged note', () => {
  it('is all that a role without rights can send', async () => {
    const id = await begin()
    const { pathname } = new URL(database)
    const role = `stranger_${pathname.slice(-6)}`
    await pool.query(`create role ${role} login password 'stranger'`)
    const at = new URL(database)
    at.username = role
    at.password = 'stranger'
    const stranger = new pg.Client({ connectionString: at.href })
    await stranger.connect()
    for (const call of [
      `select headway.progress('${id}', 50)`,
      `select headway.merge_notes(array['${id}'::uuid], '{1}', '{1}', array['{"progress":1}'::json], '{null}')`,
      'select headway.mark_notes()',
      'select key from headway.note_mark',
    ]) {
      await expect(stranger.query(call)).rejects.toMatchObject({ code: '42501' })
    }
    await stranger.query(`select pg_notify('forge_job_updates', '{"job_id":"${id}","progress":9}')`)
    await settled()
    expect(await rowOf(id)).toMatchObject({ progress: 9 })
    await pool.query(`grant usage on schema headway to ${role};
      grant select, insert, update on headway.run, headway.step to ${role}`)
    const { rows } = await stranger.query(`select headway.start_job('import') as id`)
    await stranger.query('select headway.progress($1, 50)', [rows[0].id])
    await stranger.query('select headway.complete($1)', [rows[0].id])
    expect(await rowOf(rows[0].id)).toMatchObject({ status: 'completed', progress: 50 })
    await stranger.end()
    await pool.query(`drop owned by ${role}; drop role ${role}`)
  })

  const start = async (name: string, args: unknown = null): Promise<string> => {
    const { body } = await post(url, `/rpc/${name}`, { args })
    return (body as { data: { job_id: string } }).data.job_id
  }

  it.each([
    { status: 'completed', output: 'forged' },
    { status: 'failed', error: 'forged' },
    { status: 'pending', progress: 0 },
    { message: 'forged' },
  ])('says nothing of a run that an engine owns: %j', async (forged) => {
    const id = await start('endless')
    const stream = await openStream(url)
    await subscribe(url, stream, id)
    await expect.poll(async () => (await read(url, id)).message).toBe('at work')
    await notify({ job_id: id, ...forged })
    await settled()
    expect(await read(url, id)).toMatchObject({
      status: 'running',
      message: 'at work',
      output: null,
    })
    await post(url, `/jobs/${id}/cancel`, { reason: 'enough' })
    await stream.until(({ status }) => status === 'cancelled')
    stream.close()
  })

  it('does not delay honest notes, even in thousands', async () => {
    const id = await start('endless')
    const honest = await begin()
    const stream = await openStream(url)
    await subscribe(url, stream, honest)
    await subscribe(url, stream, id)
    const flood = `
      select pg_notify('forge_job_updates', json_build_object('job_id', gen_random_uuid(), 'n', n)::text),
             pg_notify('forge_job_updates', json_build_object('job_id', '${id}', 'status', 'failed', 'n', n)::text),
             pg_notify('forge_job_updates', '{' || n),
             pg_notify('headway_run', gen_random_uuid()::text),
             pg_notify('headway_table', n::text),
             pg_notify('headway_note', n || '.forged'),
             pg_notify('headway_cancel', gen_random_uuid()::text),
             pg_notify('headway_work', n::text),
             pg_notify('headway_event', gen_random_uuid()::text)
        from generate_series(1, 3000) as n`
    await pool.query(flood)
    // Those that are alike are one within a transaction: each in one of its own.
    await pool.query(`do $$ begin
      for n in 1..1000 loop
        perform pg_notify('headway_run', '${id}'), pg_notify('headway_cancel', '${id}'),
                pg_notify('headway_event', '${id}'), pg_notify('headway_work', ''),
                pg_notify('forge_job_updates', '{"job_id":"${honest}","message":"' || n || '"}');
        commit;
      end loop;
    end $$`)
    await notify({ job_id: honest, progress: 77 })
    await stream.until(({ job_id, progress }) => job_id === honest && progress === 77)
    expect(await read(url, id)).toMatchObject({ status: 'running' })
    await post(url, `/jobs/${id}/cancel`, {})
    await stream.until(({ job_id, status }) => job_id === id && status === 'cancelled')
    stream.close()
  })

  it('that asks to cancel cancels nothing: the worker reads the row once for many notes', async () => {
    const id = await start('endless')
    await expect.poll(async () => (await read(url, id)).message).toBe('at work')
    await pool.query(
      `select pg_notify('headway_cancel', $1), pg_notify('headway_event', $1), pg_notify('headway_run', $1)`,
      [id],
    )
    await settled()
    expect(await read(url, id)).toMatchObject({ status: 'running' })
    await post(url, `/jobs/${id}/cancel`, {})
    await expect.poll(async () => (await read(url, id)).status).toBe('cancelled')
  })
})
