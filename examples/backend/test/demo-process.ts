import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { guard } from '../../../packages/conformance/src/guard.ts'
import { listProcesses } from '../../../packages/conformance/src/processes.ts'

/** A command of the README, as a user runs it. */
export interface Running {
  child: ChildProcess
  /** Everything it has printed, without the colours that it has where `CI` or `FORCE_COLOR` is set. */
  lines: string[]
  /** The first line, past or to come, that matches; rejects with what it printed when it ends before. */
  until(pattern: RegExp): Promise<RegExpMatchArray>
  /** Its exit code; of one that a signal ended, 128 and the signal's number, as a shell says it. */
  ended: Promise<number>
  /** What still runs of all that it started, other than to stop it. */
  left(): Promise<string[]>
  /** Presses Ctrl-C: the signal goes to every process of the terminal. Resolves with the exit code. */
  pressCtrlC(): Promise<number>
  /** The same, also for what has outlived the command itself; resolves when nothing of it is left. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A folder for a demo's data, which PostgreSQL's own user may pass through when root runs it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-demo-'))
  await chmod(folder, 0o711)
  return folder
}

/** Runs a command at the root of the repository, in a process group of its own, as a terminal does. */
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
        // Once more each ten seconds, then for good.
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
    // The last of them has ended just now.
  }
}

/** What still runs of a group. */
async function processesOf(group: number): Promise<string[]> {
  const all = await listProcesses()
  return all.filter((one) => one.group === group).map(({ command }) => command)
}

/**
 * Starts the demo as the README says, on a free port, and waits for its address.
 *
 * @param data where it keeps its data; default: where it does by itself
 */
export async function startDemo(data?: string): Promise<Running & { url: string }> {
  const env = { PORT: '0', HEADWAY_PACE_MS: '80', ...(data && { HEADWAY_DATA: data }) }
  const demo = run(['npm', 'run', 'demo'], env)
  try {
    const [url] = await demo.until(/http:\/\/localhost:\d+/)
    return { ...demo, url }
  } catch (error) {
    // npm may have ended before what it has started.
    await demo.stop()
    throw error
  }
}
