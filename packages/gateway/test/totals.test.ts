import { read } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { recordWorkflow } from '../src/index.ts'
import { query } from './support/database.ts'
import { begin, call, database, url } from './support/reporting.ts'

const counted = { progress: 12.5, done: 500, total: 4_000, unit: 'rows', message: 'row 500' }
const count = (id: string): Promise<unknown> =>
  call(`progress($1, 500, 4000, 'rows', 'row 500')`, [id])

/** The numbers of a job, as our client reads them. */
const numbersOf = async (id: string): Promise<object> => {
  const { progress, done, total, unit, message } = await read(url, id)
  return { progress, message, ...(done !== undefined && { done, total, unit }) }
}

describe('a report in SQL', () => {
  it('says how much is done, by places and by names', async () => {
    const id = await begin()
    expect(await count(id)).toBe('running')
    expect(await numbersOf(id)).toEqual(counted)
    await call(`progress($1, done => 3, total => 4, unit => 'files')`, [id])
    expect(await numbersOf(id)).toEqual({
      progress: 75,
      done: 3,
      total: 4,
      unit: 'files',
      message: null,
    })
    await call(`progress($1, done => 9, total => 4)`, [id])
    expect(await read(url, id)).toMatchObject({ progress: 100, done: 9, total: 4 })
  })

  it.each(['null', '0'])('without a total (%s) leaves the percentage as it is', async (total) => {
    const id = await begin()
    await call('progress($1, 40.5)', [id])
    await call(`progress($1, 7, ${total}, 'files')`, [id])
    expect(await read(url, id)).toMatchObject({ progress: 40.5, done: 7, unit: 'files' })
    expect(await read(url, id)).not.toHaveProperty('total')
  })

  it('with a percentage alone takes the numbers back', async () => {
    const id = await begin()
    await count(id)
    await call(`progress($1, 41, 'writing')`, [id])
    expect(await numbersOf(id)).toEqual({ progress: 41, message: 'writing' })
  })

  it.each([
    ['an integer', '40', 40],
    ['a decimal number', '40.25', 40.25],
    ['a float of a driver', '40.25::double precision', 40.25],
    ['a text of a driver', `'40.25'`, 40.25],
    ['a small number', '0.01', 0.01],
  ])('takes %s as a percentage', async (_, percent, progress) => {
    const id = await begin()
    await call(`progress($1, ${percent}, 'half')`, [id])
    expect(await read(url, id)).toMatchObject({ progress, message: 'half' })
    const rows = await query(database, 'select progress from headway.run where id = $1', [id])
    // Servers of the version before read whole numbers.
    expect(rows).toEqual([{ progress: Math.floor(progress) }])
  })

  it.each([
    ['done', '-1, 4'],
    ['done', `'NaN', 4`],
    ['total', '1, -4'],
    ['total', `1, 'Infinity'`],
  ])('refuses a wrong "%s": %s', async (name, numbers) => {
    const id = await begin()
    await expect(call(`progress($1, ${numbers}, 'rows')`, [id])).rejects.toMatchObject({
      code: '22023',
      message: expect.stringMatching(`^${name} is .*: give a number from 0, or null$`),
    })
    expect(await numbersOf(id)).toEqual({ progress: 0, message: null })
  })

  it('of a workflow says so, too', async () => {
    const reporter = { query: (text: string, values: unknown[]) => rowsOf(text, values) }
    const report = await recordWorkflow(reporter, { name: 'deploy', steps: ['build'] })
    const { progress: _, ...given } = counted
    expect(await report.progress(given)).toBe('running')
    const shown = `select percent, done, total, unit, message from headway.run where id = $1`
    const { progress: percent, ...others } = counted
    expect(await query(database, shown, [report.id])).toEqual([{ percent, ...others }])
  })
})

const rowsOf = async (text: string, values: unknown[]) => ({
  rows: await query(database, text, values),
})

describe('a writer of the version before', () => {
  it('that writes a percentage outdates the numbers', async () => {
    const id = await begin()
    await count(id)
    await query(
      database,
      `update headway.run set progress = 60, message = 'old', revision = revision + 1 where id = $1`,
      [id],
    )
    expect(await numbersOf(id)).toEqual({ progress: 60, message: 'old' })
  })

  it('that begins another attempt does, too', async () => {
    const id = await begin()
    await call('progress($1, 7, null)', [id])
    const claim = 'attempt = attempt + 1, progress = 0, revision = revision + 1'
    await query(database, `update headway.run set ${claim} where id = $1`, [id])
    expect(await numbersOf(id)).toEqual({ progress: 0, message: null })
  })

  it('that changes something else leaves them', async () => {
    const id = await begin()
    await count(id)
    const change = `update headway.run set status = 'cancel_requested', revision = revision + 1 where id = $1`
    await query(database, change, [id])
    expect(await numbersOf(id)).toEqual(counted)
  })
})

it('a note may have decimals, and outdates the numbers', async () => {
  const id = await begin()
  await count(id)
  const note = JSON.stringify({ job_id: id, progress: 40.5 })
  await query(database, `select pg_notify('forge_job_updates', $1)`, [note])
  await expect.poll(() => numbersOf(id)).toEqual({ progress: 40.5, message: 'row 500' })
})
