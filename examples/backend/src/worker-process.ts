import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DemoError } from './demo-error.ts'
import { logFile } from './places.ts'

/** The worker, in a process of its own. */
export interface WorkerProcess {
  /**
   * Kills the process, as the system does when it runs out of memory. Resolves with the ids of the
   * process and of its successor once that takes work; `null` if no worker is ready to be killed.
   */
  kill(): Promise<{ killed: number; started: number } | null>
  /** Ends the process. Resolves when it is gone. */
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./worker.js', import.meta.url))
/** The time a worker has to end before it is killed, in milliseconds. */
const patienceMs = 3_000
/** A worker that has run for this long did not end because it cannot start, in milliseconds. */
const steadyMs = 10_000
/** The longest wait before a worker is started again, in milliseconds. */
const maxDelayMs = 10_000

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
  const restarts = new EventEmitter<{ ready: [] }>()
  let child = await spawn(database)
  let isReady = true

  const watch = async (): Promise<void> => {
    for (let failures = 0, startedAt = performance.now(); ; ) {
      const [code, signal] = await exitOf(child)
      if (stopping.signal.aborted) return
      if (isReady) say(`The worker ended (${signal ?? code}); starting it again`)
      isReady = false
      // The wait doubles while workers end soon after their start.
      failures = performance.now() - startedAt < steadyMs ? failures + 1 : 0
      await wait(Math.min(maxDelayMs, 500 * 2 ** failures), undefined, stopping)
      startedAt = performance.now()
      try {
        child = await spawn(database)
        isReady = true
        say('The worker runs again and continues its work within seconds')
        restarts.emit('ready')
      } catch {
        // It has ended: the next turn waits for longer.
      }
    }
  }
  // The abort of `wait` rejects it when the demo stops.
  watch().catch(() => undefined)

  return {
    async kill() {
      const killed = child.pid
      if (!isReady || killed === undefined) return null
      const restarted = once(restarts, 'ready', { signal: stopping.signal })
      child.kill('SIGKILL')
      await restarted
      return { killed, started: child.pid ?? 0 }
    },
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
