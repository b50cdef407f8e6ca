import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Running } from '@headway/test-kit/processes/run'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeDataFolder, run, startDemo } from './demo-process.ts'

let data: string
let running: Running[] = []

const demo = async () => {
  const started = await startDemo(data)
  running.push(started)
  return started
}
const terminal = (...args: string[]): Running => {
  const command = ['npm', 'run', '--silent', 'demo:terminal', '--', ...args]
  const started = run(command, { HEADWAY_DATA: data })
  running.push(started)
  return started
}
beforeEach(async () => {
  data = await makeDataFolder()
})
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()))
  running = []
  await rm(data, { recursive: true, force: true })
})

it('a terminal exports to a real file, and no process stays behind', async () => {
  const { url, pressCtrlC, left } = await demo()
  const bar = terminal('--format', 'json')
  const [address] = await bar.until(/http:\S+\.json/)
  expect(await bar.ended).toBe(0)
  expect(await (await fetch(address)).json()).toHaveLength(50_000)
  expect(bar.lines.join('\n')).toMatch(/\d+ % row [\d,]+ of 50,000/)

  const lock = await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')
  const postgres = Number.parseInt(lock, 10)
  expect(process.kill(postgres, 0)).toBe(true)
  // npm exits with the signal's code after all its processes have ended.
  expect(await pressCtrlC()).toBe(130)
  expect(await left()).toEqual([])
  expect(() => process.kill(postgres, 0)).toThrow('ESRCH')
  await expect(fetch(url)).rejects.toThrow()
})

it('Ctrl-C in the terminal cancels the export', async () => {
  const { url } = await demo()
  const bar = terminal()
  await bar.until(/row 1\d,000 of/)
  expect(await bar.pressCtrlC()).toBe(130)
  expect(bar.lines.at(-1)).toBe('Cancelled')
  expect((await fetch(`${url}/exports/${crypto.randomUUID()}.csv`)).status).toBe(404)
})

it('starts again after SIGKILL, and no old process stays behind', async () => {
  const first = await demo()
  const { pid } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await first.ended
  const second = await demo()
  expect((await fetch(`${second.url}/_api/ready`)).status).toBe(200)
  expect(await first.left()).toEqual([])
  await second.pressCtrlC()
  expect(await second.left()).toEqual([])
})

it.each(['SIGTERM', 'SIGHUP'] as const)(
  'stops in order on %s to the demo alone',
  async (signal) => {
    const { ended, left } = await demo()
    const { pid } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'))
    process.kill(pid, signal)
    expect(await ended).toBe(0)
    expect(await left()).toEqual([])
  },
)

it.each(['SIGTERM', 'SIGHUP'] as const)(
  'stops in order on %s to npm, whose shell may not pass it on',
  async (signal) => {
    const { child, ended, left } = await demo()
    child.kill(signal)
    await ended
    // The output closes just before the last process is gone.
    await expect.poll(left).toEqual([])
  },
)

it('prints one line with the reason when it cannot start', async () => {
  const { url } = await demo()
  const env = { HEADWAY_DATA: data, PORT: '0' }
  const second = run(['node', 'examples/backend/dist/demo.js'], env)
  await second.until(new RegExp(`^The demo already runs at ${url}: open it`))
  expect(await second.ended).toBe(1)

  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  const elsewhere = { HEADWAY_DATA: join(data, 'elsewhere'), PORT: String(port) }
  const third = run(['node', 'examples/backend/dist/demo.js'], elsewhere)
  await third.until(new RegExp(`^Port ${port} is taken: stop what uses it, or choose another`))
  expect(await third.ended).toBe(1)
  squatter.close()

  const nobody = terminal('--url', `http://localhost:${port}`)
  await nobody.until(/^The demo is not running at .*: start it with "npm run demo"/)
  expect(await nobody.ended).toBe(1)
  const wrong = terminal('--formt')
  await wrong.until(/see --help/)
  expect(await wrong.ended).toBe(2)
})
