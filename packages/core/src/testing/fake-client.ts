import { type Client, createClient } from '../client.ts'
import type { ClientOptions, PersistStorage } from '../options.ts'
import type { JobSnapshot, StepStatus, WorkflowSnapshot } from '../protocol/snapshots.ts'
import { createFakeGateway } from './fake-gateway.ts'
import type { FakeGateway, FakeGatewayOptions } from './fake-gateway-api.ts'
import { cancelledFields, changeStep } from './fake-runs.ts'
import { createChance, createFakeTime, type FakeTime, settled } from './fake-time.ts'

/**
 * A script of changes to one run. Each step waits until the client has received the previous one.
 * Await the script to wait for its last step.
 */
export interface FakeScript extends PromiseLike<void> {
  /** A worker has taken the run. */
  claimed(): FakeScript
  running(): FakeScript
  /** Percent, 0 to 100, and a message. */
  progress(percent: number, message?: string): FakeScript
  /** How much is done; the percentage follows from it. */
  counts(done: number, total: number, unit?: string): FakeScript
  /** An attempt failed, and another one will follow. */
  retrying(error: string): FakeScript
  /** Sets one step of a workflow. The workflow is `running` and in this step. */
  step(name: string, status: StepStatus, error?: string): FakeScript
  complete(output?: unknown): FakeScript
  fail(error: string): FakeScript
  cancelled(reason?: string): FakeScript
  /** Sets other fields of the snapshot. */
  update(fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): FakeScript
  /** Cuts the network: the client's views become stale. */
  dropConnection(): FakeScript
  /** Restores the network: the client reconnects and catches up. */
  reconnect(): FakeScript
  /** Advances the client's clock by `ms` milliseconds. */
  wait(ms: number): FakeScript
}

/** A client for tests, and the controls of its server and clock. */
export interface FakeClient {
  /** A real client. Pass it to your components. */
  client: Client
  /** The server of the client. */
  gateway: FakeGateway
  /** The script of the last run or group that `name` started. */
  last(name: string): FakeScript
  /** The script of one child of the last group that `name` started. `index` counts from 0. */
  child(name: string, index: number): FakeScript
  /** Resolves when all work is done that needs no timer. */
  settled(): Promise<void>
  /** Advances the client's clock by `ms` milliseconds, and runs the timers that are due. */
  advance(ms: number): Promise<void>
  /**
   * Closes this client and returns a new one with the same server, options and storage, as after a
   * reload.
   */
  reload(): FakeClient
}

/**
 * Creates a client for tests: a real client, a fake gateway and virtual time. Nothing changes
 * unless the test changes it. Components render as they do with a real server.
 *
 * @example
 * ```ts
 * const fake = createFakeClient()
 * const job = fake.client.start(exportUsers, { format: 'csv' })
 * await fake.last('export_users').running().progress(40, 'half').dropConnection()
 * expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { status: 'stale' } })
 * await fake.last('export_users').reconnect().complete({ downloadUrl: '/users.csv' })
 * ```
 */
export function createFakeClient(
  gatewayOptions: FakeGatewayOptions = {},
  clientOptions: ClientOptions = {},
): FakeClient {
  const time = createFakeTime()
  const now = (): number => time.scheduler.now()
  const gateway = createFakeGateway({ now, ...gatewayOptions })
  return connect(gateway, time, { storage: createFakeStorage(), ...clientOptions })
}

/** The storage of one page, which a reload keeps. */
function createFakeStorage(): PersistStorage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

function connect(gateway: FakeGateway, time: FakeTime, clientOptions: ClientOptions): FakeClient {
  const client = createClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    scheduler: time.scheduler,
    random: createChance(() => time.scheduler.now()),
    everyUpdate: true,
    ...clientOptions,
  })
  let before: Promise<void> = Promise.resolve()

  const script = (find: () => string): FakeScript => {
    let last = before
    const then = (act: (id: string) => void | Promise<void>): FakeScript => {
      last = last
        .then(settled)
        .then(() => act(find()))
        .then(settled)
      // The script itself rejects. Without this, the process would report the rejection, too.
      before = last.catch(() => undefined)
      return steps
    }
    const update: FakeScript['update'] = (fields) => then((id) => gateway.update(id, fields))
    const steps: FakeScript = {
      claimed: () => update({ status: 'claimed' }),
      running: () => update({ status: 'running' }),
      progress: (progress, message) =>
        update({ status: 'running', progress, message: message ?? null }),
      counts: (done, total, unit) =>
        update({ status: 'running', progress: (100 * done) / total, done, total, unit }),
      retrying: (error) => update({ status: 'retry', error }),
      step: (step, status, error = undefined) =>
        then((id) => {
          const snapshot = gateway.run(id)
          const next = { name: step, status, error: error ?? null }
          const steps = changeStep('steps' in snapshot ? snapshot.steps : [], next, gateway.now())
          gateway.update(id, { status: 'running', step, steps })
        }),
      complete: (output = null) => update({ status: 'completed', output }),
      fail: (error) => update({ status: 'failed', error }),
      cancelled: (reason = 'cancelled') =>
        then((id) => gateway.update(id, cancelledFields(gateway.run(id), reason, gateway.now()))),
      update,
      dropConnection: () => then(() => gateway.goOffline()),
      reconnect: () =>
        then(async () => {
          gateway.goOnline()
          client.reconnectNow()
        }),
      wait: (ms) => then(() => time.advance(ms)),
      // biome-ignore lint/suspicious/noThenProperty: a script is awaited, that is its end
      then: (onDone, onError) => last.then(onDone, onError),
    }
    return steps
  }
  const reload = (): FakeClient => {
    client.close()
    return connect(gateway, time, clientOptions)
  }
  const child = (name: string, index: number): string => {
    const id = gateway.children(gateway.last(name))[index]
    if (id) return id
    throw new Error(`The last group of ${name} has no child ${index}: start more items`)
  }
  return {
    client,
    gateway,
    last: (name) => script(() => gateway.last(name)),
    child: (name, index) => script(() => child(name, index)),
    settled,
    advance: time.advance,
    reload,
  }
}
