import { readdir, readFile } from 'node:fs/promises'
import type { EmbeddedPostgres } from '../../src/embedded.ts'
import { startPostgres } from './start-postgres.ts'

/** A PostgreSQL that can go away, and come back under the same address. */
export interface Wayward {
  readonly url: string
  /** `stopped`: it refuses. `silent`: it takes connections and statements, and answers none. */
  leave(how: 'stopped' | 'silent'): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

/** Starts one in a folder of its own. */
export async function startWayward(directory: string): Promise<Wayward> {
  let postgres: EmbeddedPostgres = await startPostgres({ directory })
  let asleep: number[] = []
  let isStopped = false
  const { url } = postgres
  const port = Number(new URL(url).port)
  const comeBack = async (): Promise<void> => {
    for (const pid of asleep.splice(0)) signal(pid, 'SIGCONT')
    if (isStopped) postgres = await startPostgres({ directory, port })
    isStopped = false
  }
  return {
    url,
    async leave(how) {
      if (how === 'stopped') {
        isStopped = true
        return postgres.stop()
      }
      // The first makes the others: none is added once it sleeps.
      signal(postgres.pid, 'SIGSTOP')
      asleep = [postgres.pid, ...(await childrenOf(postgres.pid))]
      for (const pid of asleep) signal(pid, 'SIGSTOP')
    },
    comeBack,
    async stop() {
      await comeBack()
      await postgres.stop()
    },
  }
}

/** One that has ended meanwhile needs no signal. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name)
  } catch {}
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (4) ppid */
async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    }),
  )
  return pids.filter((_, index) => parents[index] === parent)
}
