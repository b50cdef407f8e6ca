import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process that answers each message with one or more. */
export interface Helper<TOrder, TAnswer> {
  /** The next message it sends. */
  next(): Promise<TAnswer>
  ask(order: TOrder): Promise<TAnswer>
  stop(): Promise<void>
}

/** With two processors, the server and its readers run on different ones. */
const canPin = spawnSync('taskset', ['--version']).status === 0

/** Starts a script of this folder on one processor. */
export function start<TOrder extends object, TAnswer>(
  script: string,
  processor: number,
  ...args: string[]
): Helper<TOrder, TAnswer> {
  const node = [
    process.execPath,
    '--expose-gc',
    fileURLToPath(new URL(script, import.meta.url)),
    ...args,
  ]
  const [command = '', ...rest] = canPin ? ['taskset', '-c', String(processor), ...node] : node
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const arrived: TAnswer[] = []
  let wake = (): void => undefined
  child.on('message', (message: TAnswer) => {
    arrived.push(message)
    wake()
  })
  const ended = failWhenEnded(child, script)
  const next = async (): Promise<TAnswer> => {
    while (arrived.length === 0) {
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), ended])
    }
    return arrived.shift() as TAnswer
  }
  return {
    next,
    ask(order) {
      child.send(order)
      return next()
    },
    async stop() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function failWhenEnded(child: ChildProcess, script: string): Promise<never> {
  const [code] = await once(child, 'exit')
  if (!child.connected && code === 0) return new Promise<never>(() => undefined)
  throw new Error(`${script} ended with ${code}`)
}
