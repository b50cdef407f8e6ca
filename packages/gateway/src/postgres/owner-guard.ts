import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { DatabaseUser } from './database-user.ts'

/**
 * Waits for the end of its input, which comes however the writer ends. A line before it means that
 * the server has ended. `$1` is the server's process id.
 *
 * @see https://www.postgresql.org/docs/current/server-shutdown.html SIGINT is "fast shutdown"
 */
const script = 'read -r _ || kill -s INT "$1"'

/**
 * Stops a server once this process has ended: by `process.exit`, by Ctrl-C, or killed. Does nothing
 * on Windows, where Ctrl-C reaches the server itself, and where there is no `/bin/sh`.
 *
 * @param user the user that the server runs as, unless that is this process's own
 * @returns ends the guard: call it once the server has ended, since its id may be given to another
 * process
 */
export function stopWithOwner(pid: number, user: DatabaseUser | null): () => Promise<void> {
  if (process.platform === 'win32') return async () => undefined
  const guard = spawn('/bin/sh', ['-c', script, 'headway-guard', String(pid)], {
    cwd: '/',
    // In a session of its own: Ctrl-C in the terminal must not end it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  const gone = once(guard, 'exit').catch(() => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  // The pipe is a socket: it would keep this process alive.
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref()
  return async () => {
    guard.stdin.end('\n')
    guard.ref()
    await gone
  }
}
