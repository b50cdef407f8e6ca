import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts one of the scripts beside this file, from source; resolves with its first message. */
export async function startProcess(
  script: string,
  env: Record<string, string>,
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<{ child: ChildProcess; message: unknown }> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...env },
    stdio: ['inherit', 'inherit', stderr, 'ipc'],
    execArgv: ['--import', 'tsx', '--conditions=headway-source'],
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${code} before it said anything`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => undefined)
  return { child, message }
}

/** Kills a process, without a chance to tidy up, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
