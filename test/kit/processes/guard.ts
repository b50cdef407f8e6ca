import { spawn } from 'node:child_process'

/**
 * Waits for the end of what it reads from, which comes however its writer ends; a line tells it that
 * there is nothing to do. $1 is a process, or less than zero a group of them, $2 a folder.
 */
const script = `
read -r _ && exit
kill -s INT -- "$1" || true
tries=0
while kill -s 0 -- "$1" 2>/dev/null && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -s KILL -- "$1" 2>/dev/null
[ -z "$2" ] || rm -rf -- "$2"
`

/**
 * Stops a process, should this one end before it has done so: by an error, by Ctrl-C, killed. Less
 * than zero is a group of processes. Not on Windows.
 *
 * @param folder goes with it
 * @returns call it when the process has ended, and its number may be another's
 */
export function guard(pid: number, folder = ''): () => void {
  if (process.platform === 'win32') return () => undefined
  // Detached: what ends a terminal's processes does not end it.
  const child = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  // A pipe is a socket; a test that has ended does not wait for it.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return () => void child.stdin.end('\n')
}
