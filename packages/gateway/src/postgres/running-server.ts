import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The time for a server that another process starts, in milliseconds. */
const patienceMs = 30_000

/**
 * The port of the server `pid` on a folder, once it takes connections; null when it ends before.
 * Rejects when it does not get there in time.
 *
 * @see https://www.postgresql.org/docs/current/storage-file-layout.html postmaster.pid: the fourth
 * line is the port
 */
export async function portOnceReady(directory: string, pid: number): Promise<number | null> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(50)) {
    const lines = (await readText(directory, 'postmaster.pid')).split('\n')
    if (Number.parseInt(lines[0] ?? '', 10) !== pid) return null
    if (lines[7]?.trim() === 'ready') return Number(lines[3])
  }
  throw new Error(`it is in use by process ${pid}, which is not ready: end that process first`)
}

/**
 * The port of the last server on a folder, if it is free now, else one that is: processes that
 * shared that server find the next one where it was.
 */
export async function choosePort(directory: string): Promise<number> {
  const [, last] = /"port=(\d+)"/.exec(await readText(directory, 'postmaster.opts')) ?? []
  return (last ? await findFree(Number(last)) : null) ?? (await findFree(0)) ?? 0
}

/** That port, or for 0 any, when it is free; null when it is taken. */
function findFree(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null))
    })
  })
}

function readText(directory: string, name: string): Promise<string> {
  return readFile(join(directory, name), 'utf8').catch(() => '')
}
