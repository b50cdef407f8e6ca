import { type Client, createClient, defineJob, defineWorkflow } from '@headway/core'
import { createFakeGateway } from '@headway/core/testing'
import { createFakeWorker } from './fake-worker.ts'
import { confirmed, exportUsers, verifyAccount } from './live-work.ts'

export type Kind = 'job' | 'workflow'

/** The state that an example shows. */
export interface Shown {
  connection: string
  phase: string
  sync: string
  progress: number | null
  message: string | null
  attempt: number
  steps: readonly { name: string; status: string }[]
  waitingFor: string | null
  /** Each change of state, the newest first. */
  log: readonly string[]
}

const definitions = { job: defineJob('export_users'), workflow: defineWorkflow('verify_account') }
const works = { job: exportUsers, workflow: verifyAccount }
const maxLines = 10
/** Short, so that a reader sees it. The gateway's own lock lasts 30 seconds. */
const lockMs = 3_000

/**
 * A page, its gateway and its worker, all in this tab. The client is a real one: only its `fetch`
 * leads to a gateway in memory.
 *
 * @param show called after each change
 */
export function createLivePage(kind: Kind, show: (shown: Shown) => void) {
  const gateway = createFakeGateway({ workflows: ['verify_account'] })
  const log: string[] = []
  const worker = createFakeWorker(lockMs, () => note('worker', 'another one took over'))
  const stored = new Map<string, string>()
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  let begun = ''
  let last = { connection: 'idle', phase: 'idle', sync: 'connecting' }
  let page = open()

  /** Hands each new run to the worker, as the queue does. */
  async function send(...request: Parameters<typeof fetch>): Promise<Response> {
    const response = await gateway.fetch(...request)
    const { name } = definitions[kind]
    if (response.ok && gateway.count(`/rpc/${name}`) > 0 && gateway.last(name) !== begun) {
      begun = gateway.last(name)
      worker.begin(works[kind](gateway, begun))
    }
    return response
  }

  function open() {
    const client = createClient({ url: 'https://gateway.example', fetch: send, storage })
    const stops = [client.connection.subscribe(() => changed())]
    return { client, stops, run: follow(client, stops) }
  }

  /** The run that was started before a reload, if there is one. */
  function follow(client: Client, stops: (() => void)[]) {
    const run =
      kind === 'job'
        ? client.attach(definitions.job, undefined, { persist: kind })
        : client.attach(definitions.workflow, undefined, { persist: kind })
    stops.push(run.subscribe(() => changed()))
    return run
  }

  function note(subject: string, text: string): void {
    log.unshift(`${subject}: ${text}`)
    log.length = Math.min(log.length, maxLines)
    changed()
  }

  function changed(): void {
    const view = page.run.getSnapshot()
    const now = {
      connection: page.client.connection.getSnapshot().status,
      phase: view.phase,
      sync: view.sync.status,
    }
    for (const subject of ['connection', 'phase', 'sync'] as const) {
      if (now[subject] !== last[subject]) {
        log.unshift(`${subject}: ${last[subject]} → ${now[subject]}`)
      }
    }
    log.length = Math.min(log.length, maxLines)
    last = now
    show({
      ...now,
      progress: view.progress,
      message: view.message,
      attempt: view.attempt,
      steps: 'steps' in view ? view.steps : [],
      waitingFor: 'waitingFor' in view ? view.waitingFor : null,
      log: [...log],
    })
  }

  changed()
  return {
    start(): void {
      const options = { persist: kind }
      for (const stop of page.stops.splice(1)) stop()
      page.run =
        kind === 'job'
          ? page.client.start(definitions.job, {}, options)
          : page.client.start(definitions.workflow, {}, options)
      page.stops.push(page.run.subscribe(() => changed()))
      changed()
    },
    confirm: () => worker.signal(confirmed),
    killWorker(): void {
      worker.kill()
      note('worker', 'killed')
    },
    cutLine(): void {
      gateway.goOffline()
      note('line', 'cut')
    },
    mendLine(): void {
      gateway.goOnline()
      note('line', 'mended')
    },
    reload(): void {
      this.close()
      page = open()
      note('page', 'reloaded')
    },
    close(): void {
      for (const stop of page.stops) stop()
      page.client.close()
    },
  }
}
