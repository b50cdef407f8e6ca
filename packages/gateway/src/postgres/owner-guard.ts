import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { DatabaseUser } from './database-user.ts'

/**
 * Waits for the end of its input, which comes however the writer ends. A line before it means that
 * the server has ended. `$1` is the server's process id. Signals for the tree of the owner's
 * processes must not end it.
 *
 * @see https://www.postgresql.org/docs/current/server-shutdown.html SIGINT is "fast shutdown"
 */
const script = `trap '' HUP INT TERM QUIT USR1 USR2; read -r _ || kill -s INT "$1"`

/**
 * Stops a server once this process has ended: by `process.exit`, by Ctrl-C, or killed. It does not
 * if the guard itself, a `/bin/sh`, is killed by SIGKILL. Does nothing on Windows, where Ctrl-C
 * reaches the server itself, and where there is no `/bin/sh`. Rejects when the guard cannot be
 * started for another reason, such as too many open files.
 *
 * @param user the user that the server runs as, unless that is this process's own
 * @returns ends the guard: call it once the server has ended, since its id may be given to another
 * process
 */
export async function stopWithOwner(
  pid: number,
  user: DatabaseUser | null,
): Promise<() => Promise<void>> {
  if (process.platform === 'win32') return async () => undefined
  const guard = spawn('/bin/sh', ['-c', script, 'headway-guard', String(pid)], {
    cwd: '/',
    // In a session of its own: Ctrl-C in the terminal must not end it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  const gone = once(guard, 'exit').catch(() => undefined)
  // Without file descriptors it has no input.
  const stdin: Writable | undefined = guard.stdin
  stdin?.on('error', () => undefined)
  guard.unref()
  // The pipe is a socket: it would keep this process alive.
  if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  await once(guard, 'spawn').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  return async () => {
    stdin?.end('\n')
    guard.ref()
    await gone
  }
}
