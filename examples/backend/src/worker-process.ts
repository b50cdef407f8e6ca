import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DemoError } from './demo-error.ts'
import { logFile } from './places.ts'

/** The worker, in a process of its own. */
export interface WorkerProcess {
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./worker.js', import.meta.url))
/** How long a worker may take to end, in milliseconds. */
const patienceMs = 3_000

/**
 * Starts the worker, and starts it again should it end by itself. Resolves when it is ready; rejects
 * with a {@link DemoError} when the first one does not get that far.
 *
 * @param say tells people about a restart
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
        say('The worker runs again, and takes its work again within seconds')
      } catch {
        failures += 1
      }
    }
  }
  // Ends, by its own wait, when the demo stops.
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
    // DBOS uses what its driver will not support for ever: nobody who watches a demo can do anything about it.
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

/** How a process ended: at once when it has already. */
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
