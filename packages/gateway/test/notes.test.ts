import { openStream, read, subscribe } from '@headway/conformance/wire'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createGateway } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { begin, notify, pool, rowOf, settled, url } from './support/notes-gateway.ts'
import { quiet } from './support/quiet.ts'

describe('raw notes', () => {
  it('sent in a row for many runs at once end on the last of each run', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, begin))
    for (let percent = 5; percent <= 100; percent += 5) {
      await Promise.all(ids.map((id) => notify({ job_id: id, progress: percent })))
    }
    await settled()
    const rows = await Promise.all(ids.map(rowOf))
    expect(rows.map(({ progress }) => progress)).toEqual(ids.map(() => 100))
  })

  it('are merged whatever their text holds: NUL, half a surrogate pair', async () => {
    const id = await begin()
    await notify(`{"job_id":"${id}","message":"a\\u0000b","error":"\\ud800","output":"c\\u0000"}`)
    await settled()
    expect(await rowOf(id)).toMatchObject({ message: 'a\uFFFDb', error: '\uFFFD' })
    expect(await read(url, id)).toMatchObject({ output: 'c\0' })
  })

  it('nested as deep as a note can hold end no gateway, and keep no other note from it', async () => {
    const id = await begin()
    for (const depth of [1_500, 2_500, 3_900]) {
      await notify(`{"job_id":"${id}","output":${'['.repeat(depth)}${']'.repeat(depth)}}`)
      await notify(`{"job_id":"${id}","status":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    }
    await settled()
  })

  it('after the end change nothing, and an id in capitals is the same id', async () => {
    const id = await begin()
    await notify({ job_id: id.toUpperCase(), status: 'completed', output: 1 })
    await notify({ job_id: id, status: 'running', progress: 3 })
    await notify({ job_id: id, message: 'late' })
    await notify({ job_id: id, status: 'completed', output: 2 })
    await settled()
    expect(await rowOf(id)).toMatchObject({
      status: 'completed',
      output: 1,
      progress: 0,
      message: null,
    })
  })

  it('for a run that does not exist yet do not keep later notes from it', async () => {
    const id = crypto.randomUUID()
    await notify({ job_id: id, progress: 1 })
    await settled()
    await pool.query(`select headway.start_job('import', id => $1)`, [id])
    await notify({ job_id: id, progress: 2 })
    await settled()
    expect(await rowOf(id)).toMatchObject({ progress: 2 })
  })

  it('change nothing with notifications: false', async () => {
    const other = await createDatabase()
    const deaf = await createGateway({ database: other, notifications: false, logger: quiet })
    const { url } = await deaf.listen(0)
    const at = new pg.Client({ connectionString: other })
    await at.connect()
    const { rows } = await at.query(`select headway.start_job('import') as id`)
    const [{ id }] = rows
    const stream = await openStream(url)
    await subscribe(url, stream, id)
    await at.query(`select pg_notify('forge_job_updates', $1)`, [
      JSON.stringify({ job_id: id, progress: 50, message: 'forged' }),
    ])
    await at.query('select headway.progress($1, 60)', [id])
    await stream.until(({ progress }) => progress === 60)
    expect(await read(url, id)).toMatchObject({ progress: 60, message: null })
    stream.close()
    await at.end()
    await deaf.close()
  })
})
