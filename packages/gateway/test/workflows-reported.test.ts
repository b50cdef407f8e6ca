import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createClient, defineWorkflow } from '@headway/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, recordWorkflow } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const deploy = defineWorkflow<null, unknown>('deploy')

let database: string
let pool: pg.Pool
let gateway: Gateway
let client: ReturnType<typeof createClient>

beforeAll(async () => {
  database = await createDatabase()
  pool = new pg.Pool({ connectionString: database })
  // A gateway of nothing but what others report.
  gateway = await createGateway({ database, logger: quiet })
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
  await pool?.end()
})

/** A workflow as a page shows it. */
const follow = (id: string) => {
  const handle = client.attach(deploy, id)
  handle.subscribe(() => undefined)
  return {
    handle,
    shows: (view: object) => expect.poll(() => handle.getSnapshot()).toMatchObject(view),
    steps: () => handle.getSnapshot().steps.map(({ name, status }) => `${name} ${status}`),
  }
}

describe('recordWorkflow', () => {
  it('shows the steps of a workflow that something else executes', async () => {
    const steps = ['build', 'approve', 'release']
    const report = await recordWorkflow(pool, { name: 'deploy', steps })
    const { handle, shows, steps: shown } = follow(report.id)
    await shows({ status: 'running', steps: [{}, {}, {}] })
    expect(await report.step('build', 'running')).toBe('running')
    await shows({ step: 'build' })
    expect(await report.run('build', () => 7)).toBe(7)
    await report.progress(50, 'half')
    await report.step('approve', 'running')
    expect(await report.takeEvent('approved')).toBeUndefined()
    await shows({ status: 'waiting', step: 'approve', waitingFor: 'approved', progress: 50 })
    await client.sendEvent(deploy, report.id, 'approved', { by: 'Ann' })
    expect(await report.takeEvent('approved')).toEqual({ payload: { by: 'Ann' } })
    await report.step('approve', 'completed')
    await report.step('extra', 'running')
    expect(await report.complete({ done: true })).toBe('completed')
    await shows({ status: 'completed', output: { done: true }, step: null })
    expect(shown()).toEqual([
      'build completed',
      'approve completed',
      'release skipped',
      'extra completed',
    ])
    expect(await report.step('build', 'running')).toBe('completed')
    handle.unsubscribe()
  })

  it('an event without a payload is one all the same', async () => {
    const report = await recordWorkflow(pool, { name: 'deploy' })
    await client.sendEvent(deploy, report.id, 'approved')
    expect(await report.takeEvent('approved')).toEqual({ payload: null })
  })

  it('fails with what a step has thrown, which goes on to whoever called', async () => {
    const report = await recordWorkflow(pool, { name: 'deploy', steps: ['build', 'release'] })
    const { shows, steps } = follow(report.id)
    const failing = report.run('build', () => Promise.reject(new Error('disk full')))
    await expect(failing).rejects.toThrow('disk full')
    await report.fail('disk full')
    await shows({ status: 'failed', error: 'disk full' })
    expect(steps()).toEqual(['build failed', 'release skipped'])
  })

  it('goes on under the same id in another process, and belongs to its owner', async () => {
    const report = await recordWorkflow(pool, { name: 'deploy', steps: ['build'], owner: 'ann' })
    await report.step('build', 'completed')
    const again = await recordWorkflow(pool, { name: 'deploy', steps: ['build'], id: report.id })
    expect(await again.complete()).toBe('completed')
    const { shows } = follow(report.id)
    await shows({ sync: { status: 'refused' } })
  })

  it.each([
    ['no more', 'no more'],
    [undefined, 'cancelled'],
  ])('a step that a cancel stops, for the reason "%s", has not failed', async (reason, error) => {
    const report = await recordWorkflow(pool, { name: 'deploy', steps: ['build', 'release'] })
    const { handle, shows } = follow(report.id)
    const stopping = report.run('build', async () => {
      await handle.cancel(reason)
      throw new Error(`told ${await report.progress(10)}`)
    })
    await expect(stopping).rejects.toThrow('told cancel_requested')
    await shows({ steps: [{ status: 'cancelled', error, finishedAt: expect.any(Number) }, {}] })
    await report.compensated()
    await shows({ steps: [{ status: 'cancelled', error }, { status: 'skipped' }], error })
  })

  it('is told that it is to be cancelled, and says that it has undone what was done', async () => {
    const report = await recordWorkflow(pool, { name: 'deploy', steps: ['build'] })
    const { handle, shows } = follow(report.id)
    await report.step('build', 'completed')
    await handle.cancel('no more')
    expect(await report.progress(10)).toBe('cancel_requested')
    await shows({ phase: 'cancelling' })
    await report.step('build', 'compensated')
    expect(await report.compensated()).toBe('compensated')
    await shows({ status: 'compensated', phase: 'cancelled', error: 'no more' })
  })
})

const hasPsql = spawnSync('psql', ['--version']).status === 0
if (!hasPsql) {
  console.info('The deployment in shell is not tested: psql is not installed (postgresql-client)')
}

describe.runIf(hasPsql)('a deployment in shell', () => {
  const file = fileURLToPath(new URL('../../../examples/shell/deploy.sh', import.meta.url))
  const run = async (env: Record<string, string> = {}): Promise<string> => {
    const child = execFile('sh', [file], {
      env: { ...process.env, DATABASE_URL: database, ...env },
    })
    if (!child.stdout) throw new Error('The script has no output')
    const [line] = await once(child.stdout, 'data')
    return String(line).trim()
  }

  it('shows its steps, waits until somebody approves, and completes', async () => {
    const id = await run()
    const { shows, steps } = follow(id)
    await shows({ status: 'waiting', step: 'approve', waitingFor: 'approved' })
    await client.sendEvent(deploy, id, 'approved')
    await shows({ status: 'completed', output: { released: true } })
    expect(steps()).toEqual(['build completed', 'approve completed', 'release completed'])
  })

  it('fails with the step that fails', async () => {
    const id = await run({ RELEASE: 'false' })
    const { shows } = follow(id)
    await client.sendEvent(deploy, id, 'approved')
    await shows({ status: 'failed', error: 'release failed' })
  })

  it('stops when it is asked to', async () => {
    const id = await run()
    const { handle, shows, steps } = follow(id)
    await shows({ status: 'waiting' })
    await handle.cancel('not today')
    await shows({ status: 'compensated', error: 'not today', phase: 'cancelled' })
    expect(steps()).toEqual(['build compensated', 'approve completed', 'release cancelled'])
  })
})
