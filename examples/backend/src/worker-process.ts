import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DemoError } from './demo-error.ts'
import { logFile } from './places.ts'

/** The worker, in a process of its own. */
export interface WorkerProcess {
  /** Ends the process. Resolves when it is gone. */
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./worker.js', import.meta.url))
/** The time a worker has to end before it is killed, in milliseconds. */
const patienceMs = 3_000

/**
 * Starts the worker, and starts it again if it ends by itself. Resolves when the worker is ready.
 * Rejects with a {@link DemoError} if the first start fails.
 *
 * @param say prints a line about a restart
 */
export async function startWorker(
  database: string,
  say: (line: string) => void,
): Promise<WorkerProcess> {
  const stopping = new AbortController()
  let child = await spawn(database)

  const watch = async (): Promise<void> => {
    for (let failures = 0; ; ) {
      const [code, signal] = await exitOf(child)
      if (stopping.signal.aborted) return
      if (failures === 0) say(`The worker ended (${signal ?? code}); starting it again`)
      await wait(Math.min(10_000, 500 * 2 ** failures), undefined, stopping)
      try {
        child = await spawn(database)
        failures = 0
        say('The worker runs again and continues its work within seconds')
      } catch {
        failures += 1
      }
    }
  }
  // The abort of `wait` rejects it when the demo stops.
  watch().catch(() => undefined)

  return {
    async stop() {
      stopping.abort()
      await end(child)
    },
  }
}

async function spawn(database: string): Promise<ChildProcess> {
  const child = fork(script, {
    env: { ...process.env, DATABASE_URL: database },
    // DBOS calls a deprecated function of its driver: the warning would not help a user of the
    // demo.
    execArgv: [...process.execArgv, '--disable-warning=DeprecationWarning'],
  })
  const ready = once(child, 'message')
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new DemoError(`The worker cannot start (${signal ?? code}): ${logFile} says why`)
  })
  try {
    await Promise.race([ready, ended])
  } finally {
    ended.catch(() => undefined)
  }
  return child
}

/** The exit code and signal of a process that has ended or will end. */
async function exitOf(child: ChildProcess): Promise<unknown[]> {
  const { exitCode, signalCode } = child
  if (exitCode !== null || signalCode !== null) return [exitCode, signalCode]
  return once(child, 'exit')
}

async function end(child: ChildProcess): Promise<void> {
  const gone = exitOf(child)
  if (child.connected) child.send('stop')
  const killer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await gone
  clearTimeout(killer)
}
