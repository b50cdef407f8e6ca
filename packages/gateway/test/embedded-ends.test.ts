import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from '@headway/conformance/wire'
import { listProcesses } from '@headway/test-kit/processes/list-processes'
import { type Running, run } from '@headway/test-kit/processes/run'
import { afterEach, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { folder, open } from './support/embedded-folder.ts'

const script = fileURLToPath(new URL('./support/embedded-app.ts', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))
const words = ['node', '--import', 'tsx', '--conditions=headway-source', script]

let running: Running | undefined
afterEach(() => running?.stop())

/** The app in a process group of its own, as in a terminal. */
async function startApp(directory: string, stops: string) {
  const app = run(words, root, { DIRECTORY: directory, STOPS: stops })
  running = app
  const [, pid, url = ''] = await app.until(/^postgres (\d+), gateway (http\S+)$/)
  return { app, url, postgres: Number(pid) }
}

const isThere = async (pid: number): Promise<boolean> =>
  (await listProcesses()).some((one) => one.pid === pid)

it.each(['in order', 'with the database'])(
  'Ctrl-C in the terminal, stopped %s: the job is finished, and nothing is complained about',
  async (stops) => {
    const directory = join(folder, stops.replaceAll(' ', '-'))
    const { app, url, postgres } = await startApp(directory, stops)
    const job = await start(url, 'count_rows', {})
    await app.until(/^counting$/)
    expect(await app.pressCtrlC()).toBe(0)
    expect(app.lines.slice(app.lines.indexOf('counting') + 1)).toEqual([])
    await expect.poll(() => isThere(postgres)).toBe(false)
    const again = await open({ directory })
    expect(await query(again.url, 'select id, status, attempt from headway.run')).toEqual([
      { id: job, status: 'completed', attempt: 1 },
    ])
  },
)

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a process that ends by %s, and stops nothing, takes its PostgreSQL along',
  async (signal) => {
    const { app, postgres } = await startApp(join(folder, signal), 'never')
    app.child.kill(signal)
    await app.ended
    await expect.poll(() => isThere(postgres)).toBe(false)
  },
)

it('signals to all of its processes do not end what stops its PostgreSQL', async () => {
  const { app, postgres } = await startApp(join(folder, 'guarded'), 'never')
  const guard = (await listProcesses()).find(({ command }) =>
    command.endsWith(`headway-guard ${postgres}`),
  )
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2']
  for (const signal of signals) process.kill(guard?.pid ?? 0, signal)
  app.child.kill('SIGKILL')
  await app.ended
  await expect.poll(() => isThere(postgres)).toBe(false)
})
