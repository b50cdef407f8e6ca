import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { guard } from './guard.ts'
import { listProcesses } from './list-processes.ts'

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
  /** The command lines of its processes that still run. */
  left(): Promise<string[]>
  /** Sends SIGINT to its process group, as Ctrl-C does. Resolves with the exit code. */
  pressCtrlC(): Promise<number>
  /** Stops all its processes, also those that outlive the command. Resolves when none is left. */
  stop(): Promise<void>
}

/** Runs a command in a folder, in its own process group, as a terminal does. */
export function run(command: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const [file = '', ...args] = command
  const options = { cwd, env: { ...process.env, ...env }, detached: true }
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
  const left = (): Promise<string[]> => processesOf(group)
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
      for (let asked = 0; (await left()).length > 0; asked += 1) {
        // SIGINT now and after ten seconds, then SIGKILL.
        if (asked % 100 === 0) signal(group, asked < 200 ? 'SIGINT' : 'SIGKILL')
        await wait(100)
      }
      isGone()
    },
  }
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name)
  } catch {
    // The last process has just ended.
  }
}

/** The command lines of a process group. */
async function processesOf(group: number): Promise<string[]> {
  const all = await listProcesses()
  return all.filter((one) => one.group === group).map(({ command }) => command)
}
