import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A running process of this machine. */
export interface Process {
  pid: number
  /** The id of its process group. */
  group: number
  /** Its command line. */
  command: string
}

/**
 * Every running process; zombies are left out. On Linux it reads `/proc`, since a bare image has no
 * `ps`.
 */
export async function listProcesses(): Promise<Process[]> {
  if (process.platform !== 'linux') return listByPs()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => readProcess(Number(pid))))
  return found.filter((one) => one !== null)
}

/**
 * Every running process with `mark` (`name=value`) in its environment. Child processes inherit the
 * mark. Linux only.
 */
export async function listMarked(mark: string): Promise<Process[]> {
  const isMarked = async ({ pid }: Process): Promise<boolean> => {
    const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    return text.split('\0').includes(mark)
  }
  const all = await listProcesses()
  const marked = await Promise.all(all.map(isMarked))
  return all.filter((_, index) => marked[index])
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (3) state, (5) pgrp */
async function readProcess(pid: number): Promise<Process | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return null
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
    return { pid, group: Number(group), command }
  } catch {
    // The process ended before it was read.
    return null
  }
}

async function listByPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,pgid=,stat=,args='])
  return stdout.split('\n').flatMap((line) => {
    const [pid, group, state = 'Z', ...words] = line.trim().split(/\s+/)
    if (state.startsWith('Z')) return []
    return [{ pid: Number(pid), group: Number(group), command: words.join(' ') }]
  })
}
