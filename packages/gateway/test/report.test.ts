import { cancel, openStream, post, read, subscribe } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { troubleWith } from '../src/runs/notified.ts'
import { ask } from './support/attack.ts'
import { query } from './support/database.ts'
import { begin, call, database, stream, url } from './support/reporting.ts'

describe('work that is reported in SQL', () => {
  it('is followed from its start to its end', async () => {
    const id = await begin()
    expect(await subscribe(url, stream, id)).toMatchObject({
      status: 'running',
      progress: 0,
      attempt: 1,
    })
    expect(await call(`progress($1, 39.6, 'half')`, [id])).toBe('running')
    expect(await stream.until(({ progress }) => progress === 39)).toMatchObject({ message: 'half' })
    // Only this client of Forge gets whole percents.
    expect(await read(url, id)).toMatchObject({ progress: 39.6, message: 'half' })
    await call('progress($1, 400)', [id])
    await stream.until(({ progress }) => progress === 100)
    expect(await call(`complete($1, '{"rows": 3}')`, [id])).toBe('completed')
    expect(await stream.until(({ status }) => status === 'completed')).toMatchObject({
      output: { rows: 3 },
    })
  })

  it('with an output that is nested deeper than can be sent is refused alone, and others are told', async () => {
    const [deep, other] = [await begin(), await begin()]
    await subscribe(url, stream, deep)
    await subscribe(url, stream, other)
    await call('complete($1, $2)', [deep, `${'['.repeat(5_900)}${']'.repeat(5_900)}`])
    await call('complete($1, $2)', [other, JSON.stringify('x'.repeat(5_000))])
    await stream.until(({ job_id, status }) => job_id === other && status === 'completed')
    await expect.poll(() => stream.errors).toContain('PAYLOAD_TOO_LARGE')
    const again = await openStream(url)
    const items = [deep, other].map((id) => ({ kind: 'job', id, job_id: id }))
    const { data } = await ask(url, 'POST', '/subscribe-batch', {}, { ...again.session, items })
    expect(data).toMatchObject([
      { success: false, error: { code: 'PAYLOAD_TOO_LARGE' } },
      { success: true, data: { status: 'completed' } },
    ])
    again.close()
  })

  it('fails with its error, and stays as it ended', async () => {
    const id = await begin()
    expect(await call(`fail($1, 'disk full')`, [id])).toBe('failed')
    expect(await call('complete($1)', [id])).toBe('failed')
    expect(await call('progress($1, 50)', [id])).toBe('failed')
    expect(await read(url, id)).toMatchObject({ status: 'failed', error: 'disk full', progress: 0 })
    // Whoever ran it is not ours to start again.
    expect(await post(url, `/jobs/${id}/retry`, {})).toMatchObject({ status: 409 })
  })

  it('hears that it is to stop, and says that it has', async () => {
    const id = await begin()
    await cancel(url, id, 'changed my mind')
    expect(await call('progress($1, 50)', [id])).toBe('cancel_requested')
    expect(await call('cancelled($1)', [id])).toBe('cancelled')
    expect(await read(url, id)).toMatchObject({ status: 'cancelled', error: 'changed my mind' })
  })

  it('that nobody started answers nothing', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await call('progress($1, 50)', [nobody])).toBeNull()
    expect(await call('complete($1)', [nobody])).toBeNull()
  })

  it.each(['NaN', 'Infinity', '-Infinity'])('is never %s percent done', async (percent) => {
    const id = await begin()
    await call('progress($1, 40)', [id])
    await expect(call('progress($1, $2)', [id, percent])).rejects.toMatchObject({
      code: '22023',
      message: `progress is ${percent}: give a percentage, 0 to 100, or null`,
    })
    expect(await call('progress($1, null)', [id])).toBe('running')
    expect(await read(url, id)).toMatchObject({ progress: 40 })
  })

  it.each(['job', 'workflow'])('is one %s when it is started twice under an id', async (kind) => {
    const id = crypto.randomUUID()
    const start = (name: string, owner: string | null) =>
      call(`start_${kind}($1, owner => $2, id => $3)`, [name, owner, id])
    expect(await start('import_users', 'ann')).toBe(id)
    await call('progress($1, 40)', [id])
    expect(await start('import_users', 'ann')).toBe(id)
    // Another reporter that goes on need not know the owner.
    expect(await start('import_users', null)).toBe(id)
    const rows = await query(database, 'select progress from headway.run where id = $1', [id])
    expect(rows).toEqual([{ progress: 40 }])
    for (const [name, owner] of [
      ['other', 'ann'],
      ['import_users', 'bob'],
    ] as const) {
      await expect(start(name, owner)).rejects.toMatchObject({
        code: '23505',
        message: `The id ${id} belongs to the ${kind} "import_users" of "ann": start under another id`,
      })
    }
    const other = kind === 'job' ? 'workflow' : 'job'
    const asOther = call(`start_${other}('import_users', owner => 'ann', id => $1)`, [id])
    await expect(asOther).rejects.toMatchObject({ code: '23505' })
    expect(await call('complete($1)', [id])).toBe('completed')
    expect(await start('import_users', 'ann')).toBe(id)
  })

  it('takes no id of a run that an engine owns', async () => {
    const id = crypto.randomUUID()
    await query(
      database,
      `insert into headway.run (id, kind, name, engine) values ($1, 'job', 'import_users', 'bullmq')`,
      [id],
    )
    await expect(call(`start_job('import_users', id => $1)`, [id])).rejects.toThrow('belongs to')
  })

  it('belongs to whom it was started for', async () => {
    const id = await call(`start_job('import_users', 'ann')`)
    expect(await post(url, `/jobs/${id}/cancel`, {})).toMatchObject({ status: 401 })
  })
})

it.each([
  [null, 'must be a JSON object'],
  [{ job_id: 'x' }, '"job_id"'],
  [{ status: 'done' }, '"job_id"'],
  [{ job_id: '00000000-0000-4000-8000-000000000000', status: 'done' }, '"status" is "done"'],
  [{ job_id: '00000000-0000-4000-8000-000000000000', progress: 101 }, '"progress"'],
  [{ job_id: '00000000-0000-4000-8000-000000000000', message: 1 }, '"message"'],
])('%j cannot be merged: %s', (payload, trouble) => {
  expect(troubleWith(payload)).toContain(trouble)
})
