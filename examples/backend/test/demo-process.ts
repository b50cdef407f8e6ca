import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { guard } from '@headway/test-kit/processes/guard'
import { listProcesses } from '@headway/test-kit/processes/list-processes'

/** A running command of the README. */
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

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A new folder for a demo's data. PostgreSQL runs as another user under root, and may enter it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-demo-'))
  await chmod(folder, 0o711)
  return folder
}

/** Runs a command in the root of the repository, in its own process group, as a terminal does. */
export function run(command: string[], env: Record<string, string>): Running {
  const [file = '', ...args] = command
  const options = { cwd: root, env: { ...process.env, ...env }, detached: true }
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

/**
 * Starts the demo as the README says, on a free port. Resolves when it has printed its address.
 *
 * @param data the folder for its data; default: the demo's own
 */
export async function startDemo(data?: string): Promise<Running & { url: string }> {
  const env = { PORT: '0', HEADWAY_PACE_MS: '80', ...(data && { HEADWAY_DATA: data }) }
  const demo = run(['npm', 'run', 'demo'], env)
  try {
    const [url] = await demo.until(/http:\/\/localhost:\d+/)
    return { ...demo, url }
  } catch (error) {
    // Processes of the demo may outlive npm.
    await demo.stop()
    throw error
  }
}
