import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { cancel, read, subscribe } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { begin, database, python, stream, url } from './support/reporting.ts'

describe('a raw NOTIFY forge_job_updates', () => {
  const notify = (payload: unknown) =>
    query(database, `select pg_notify('forge_job_updates', $1)`, [
      typeof payload === 'string' ? payload : JSON.stringify(payload),
    ])

  it('changes the fields that it has, and is pushed', async () => {
    const id = await begin()
    await subscribe(url, stream, id)
    await notify({ job_id: id, status: 'running', progress: 50 })
    await stream.until(({ progress }) => progress === 50)
    await notify({ job_id: id, message: 'half' })
    expect(await stream.until(({ message }) => message === 'half')).toMatchObject({ progress: 50 })
    await notify({ job_id: id, status: 'completed', output: [1, { a: null }] })
    expect(await stream.until(({ status }) => status === 'completed')).toMatchObject({
      output: [1, { a: null }],
    })
  })

  it('that says what is there already is no change', async () => {
    const [id, next] = [await begin(), await begin()]
    const { revision } = await read(url, id)
    await notify({ job_id: id, status: 'running' })
    // They are merged in the order in which they come.
    await notify({ job_id: next, progress: 1 })
    await expect.poll(async () => (await read(url, next)).progress).toBe(1)
    expect((await read(url, id)).revision).toBe(revision)
  })

  it('that says nonsense changes nothing, and the next one counts', async () => {
    const id = await begin()
    for (const nonsense of ['', '{', 'null', { job_id: 7 }, { job_id: id, status: 'fine' }]) {
      await notify(nonsense)
    }
    await notify({ job_id: id, progress: 7 })
    await expect.poll(async () => (await read(url, id)).progress).toBe(7)
    expect((await read(url, id)).status).toBe('running')
  })
})

it.runIf(python)('a Python worker is followed, and stops when it is asked to', async () => {
  const file = fileURLToPath(new URL('../../../examples/python/worker.py', import.meta.url))
  const run = (rows: string) =>
    execFile(python ?? '', [file, rows], { env: { ...process.env, DATABASE_URL: database } })
  const idOf = async ({ stdout }: ReturnType<typeof run>): Promise<string> => {
    if (!stdout) throw new Error('The worker has no output')
    const [line] = await once(stdout, 'data')
    return String(line).trim()
  }
  const id = await idOf(run('20'))
  await subscribe(url, stream, id)
  await stream.until(({ job_id, status }) => job_id === id && status === 'completed')
  const endless = await idOf(run('100000'))
  await subscribe(url, stream, endless)
  await cancel(url, endless, 'enough')
  const end = await stream.until(
    ({ job_id, status }) => job_id === endless && status === 'cancelled',
  )
  expect(end.error).toBe('enough')
})
