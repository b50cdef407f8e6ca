import { expect, it } from 'vitest'
import { run } from './run.ts'

/** Starts a process in a session of its own, as PostgreSQL is, and ends. */
const leaveOne = `
  const { spawn } = require('node:child_process')
  spawn('sleep', ['3600'], { detached: true, stdio: 'ignore' }).unref()`

it.skipIf(process.platform !== 'linux')(
  'sees and stops what has left its process group (Linux, by /proc)',
  async () => {
    const command = run(['node', '--eval', leaveOne], process.cwd(), {})
    expect(await command.ended).toBe(0)
    expect(await command.left()).toEqual(['sleep 3600'])
    await command.stop()
    expect(await command.left()).toEqual([])
  },
)
