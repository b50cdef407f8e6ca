import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { guard } from './guard.ts'
import { listMarked, listProcesses, type Process } from './list-processes.ts'

/** A running command in a process group of its own. */
export interface Running {
  child: ChildProcess
  /** The printed lines, without colours. */
  lines: string[]
  /**
   * The first line that matches, past or future. Rejects with the output if the command ends
   * before.
   */
  until(pattern: RegExp): Promise<RegExpMatchArray>
  /** The exit code; after a signal 128 plus its number, as in a shell. */
  ended: Promise<number>
  /**
   * The command lines of its processes that still run: on Linux also of those in groups of their
   * own, such as PostgreSQL.
   */
  left(): Promise<string[]>
  /** Sends SIGINT to its process group, as Ctrl-C does. Resolves with the exit code. */
  pressCtrlC(): Promise<number>
  /** Stops all its processes, also those that outlive the command. Resolves when none is left. */
  stop(): Promise<void>
}

/** Runs a command in a folder, in its own process group, as a terminal does. */
export function run(command: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const [file = '', ...args] = command
  const id = randomUUID()
  const options = { cwd, env: { ...process.env, ...env, [markName]: id }, detached: true }
  const child = spawn(file, args, options)
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(stripVTControlCharacters(line))
      for (const check of [...waiting]) check()
    })
  }
  const ended = new Promise<number>((resolve) => {
    child.on('close', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGINT']),
    )
  })
  const group = child.pid ?? 0
  const isGone = guard(-group)
  const listLeft = (): Promise<Process[]> => processesOf(group, `${markName}=${id}`)
  const left = async (): Promise<string[]> => (await listLeft()).map(({ command }) => command)
  void ended.then(async () => {
    if ((await left()).length === 0) isGone()
  })
  return {
    child,
    lines,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const match = lines.map((line) => line.match(pattern)).find((found) => found !== null)
          if (!match) return
          waiting.delete(check)
          resolve(match)
        }
        waiting.add(check)
        check()
        void ended.then((code) =>
          reject(new Error(`${command.join(' ')} ended with ${code}:\n${lines.join('\n')}`)),
        )
      }),
    left,
    pressCtrlC() {
      const isRunning = child.exitCode === null && child.signalCode === null
      if (child.pid && isRunning) process.kill(-child.pid, 'SIGINT')
      return ended
    },
    async stop() {
      for (let asked = 0; ; asked += 1) {
        const still = await listLeft()
        if (still.length === 0) break
        // SIGINT now, as Ctrl-C, to each after ten seconds, then SIGKILL.
        const hasGroup = asked === 0 && still.some((one) => one.group === group)
        const targets = hasGroup ? [-group] : still.map(({ pid }) => pid)
        if (asked % 100 === 0) signal(targets, asked < 200 ? 'SIGINT' : 'SIGKILL')
        await wait(100)
      }
      isGone()
    },
  }
}

/** The variable that its processes inherit. */
const markName = 'HEADWAY_RUN'

/** @param targets ids of processes, and negative ids of groups */
function signal(targets: number[], name: NodeJS.Signals): void {
  for (const target of targets) {
    try {
      process.kill(target, name)
    } catch {
      // It has just ended.
    }
  }
}

/** The processes of a group, and on Linux those that inherited `mark`. */
async function processesOf(group: number, mark: string): Promise<Process[]> {
  const own = (await listProcesses()).filter((one) => one.group === group)
  if (process.platform !== 'linux') return own
  const pids = new Set(own.map(({ pid }) => pid))
  return [...own, ...(await listMarked(mark)).filter(({ pid }) => !pids.has(pid))]
}
