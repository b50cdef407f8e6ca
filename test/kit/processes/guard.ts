import { spawn } from 'node:child_process'

/**
 * Waits for the end of its input, which comes however the writer ends. A line before it means
 * that there
 * is nothing to do. $1 is the id of a process, or the negative id of a group; $2 is a folder.
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
 * Stops a process when this one ends first: by an error, by Ctrl-C, or killed. Does nothing on
 * Windows.
 *
 * @param pid the id of the process, or the negative id of a group
 * @param folder is removed after the process has been stopped
 * @returns ends the guard: call it once the process has ended, since its id may be given to another
 */
export function guard(pid: number, folder = ''): () => void {
  if (process.platform === 'win32') return () => undefined
  // Detached, so that Ctrl-C in the terminal does not end it.
  const child = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  // The pipe is a socket: it would keep this process alive.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return () => void child.stdin.end('\n')
}
