import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { listProcesses } from '@headway/test-kit/processes/list-processes'
import { expect, it } from 'vitest'
import { makeFolder } from './support/folder.ts'
import { startProcess } from './support/process.ts'

it.each(['SIGINT', 'SIGTERM', 'SIGKILL', 'an error'] as const)(
  'a test run that ends by %s leaves no PostgreSQL and no folder behind',
  async (cause) => {
    const folder = await makeFolder()
    const { child, message } = await startProcess('./guarded.ts', { FOLDER: folder }, 'ignore')
    const ended = once(child, 'exit')
    if (cause === 'an error') child.send('throw')
    else child.kill(cause)
    await ended
    const left = async () => (await listProcesses()).filter(({ pid }) => pid === message)
    await expect.poll(left).toEqual([])
    await expect.poll(() => stat(folder).catch(({ code }) => code)).toBe('ENOENT')
  },
)
