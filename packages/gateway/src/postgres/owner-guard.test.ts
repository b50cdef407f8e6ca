import type { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listProcesses } from '@headway/test-kit/processes/list-processes'
import { afterEach, expect, it, vi } from 'vitest'
import { makeFolder } from '../../test/support/folder.ts'
import { startServer } from './server-process.ts'

let refusal = ''
vi.mock('node:child_process', async (importOriginal) => {
  const real = await importOriginal<{ spawn: typeof spawn }>()
  const spawnOrRefuse = (file: string, ...rest: [string[], object]): unknown => {
    if (refusal === '' || file !== '/bin/sh') return real.spawn(file, ...rest)
    // What Node returns when it has no file descriptors left: a process without an input.
    const child = Object.assign(new EventEmitter(), { unref() {}, ref() {} })
    const error = Object.assign(new Error(`spawn ${file} ${refusal}`), { code: refusal })
    process.nextTick(() => child.emit('error', error))
    return child
  }
  return { ...real, spawn: spawnOrRefuse }
})
let folder: string
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Starts a program that is ready at once, as far as its output tells, and goes on for ever. */
async function startStandIn() {
  folder = await makeFolder()
  const program = join(folder, 'stand-in.sh')
  await writeFile(program, '#!/bin/sh\necho ready to accept connections >&2\nexec sleep 3600\n')
  await chmod(program, 0o755)
  return startServer(folder, {}, { program, user: null, note: () => undefined })
}
const left = async () =>
  (await listProcesses()).filter(({ command }) => command.includes(`-D ${folder}`))

it('a server that cannot be guarded is stopped, and the start fails', async () => {
  refusal = 'EMFILE'
  await expect(startStandIn()).rejects.toThrow(
    'its guard could not be started: spawn /bin/sh EMFILE',
  )
  expect(await left()).toEqual([])
})

it.each(['ENOENT', ''])('starts, and stops, if the guard meets "%s"', async (code) => {
  refusal = code
  const server = await startStandIn()
  expect(process.kill(server.pid, 0)).toBe(true)
  await server.stop()
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH')
})
