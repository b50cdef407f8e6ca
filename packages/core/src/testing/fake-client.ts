import { type Client, createClient } from '../client.ts'
import type { ClientOptions } from '../options.ts'
import type { JobSnapshot, WorkflowSnapshot, WorkflowStepState } from '../protocol/snapshots.ts'
import { createFakeGateway } from './fake-gateway.ts'
import type { FakeGateway, FakeGatewayOptions } from './fake-gateway-api.ts'
import { cancelledFields } from './fake-runs.ts'
import { createFakeTime, type FakeTime, settled } from './fake-time.ts'

/**
 * What happens to one run, in order. Each step is taken once everything before it has reached the
 * client; awaiting the script waits for its last one.
 */
export interface FakeScript extends PromiseLike<void> {
  /** A worker took it. */
  claimed(): FakeScript
  running(): FakeScript
  /** Percent, 0 to 100, and a message. */
  progress(percent: number, message?: string): FakeScript
  /** An attempt failed; another will come. */
  retrying(error: string): FakeScript
  /** One step of a workflow; the workflow is `running` in it. */
  step(name: string, status: WorkflowStepState['status'], error?: string): FakeScript
  complete(output?: unknown): FakeScript
  fail(error: string): FakeScript
  cancelled(reason?: string): FakeScript
  /** Any other fields of its snapshot. */
  update(fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): FakeScript
  /** The network goes away: the client shows what it has as stale. */
  dropConnection(): FakeScript
  /** The network is back, and the client has caught up. */
  reconnect(): FakeScript
  /** Lets the client's clock run. */
  wait(ms: number): FakeScript
}

/** What {@link createFakeClient} returns. */
export interface FakeClient {
  /** A real client. Give it to your components. */
  client: Client
  /** What it talks to. */
  gateway: FakeGateway
  /** What is to happen to the run that `name` started last. */
  last(name: string): FakeScript
  /** Resolves when everything that can happen without time passing has happened. */
  settled(): Promise<void>
  /** Lets the client's clock run, and everything happen that is due by then. */
  advance(ms: number): Promise<void>
  /** As after a reload: this client is closed; another one, of the same server and with the same options. */
  reload(): FakeClient
}

/**
 * A client for tests: a real one over a fake gateway, in virtual time. Nothing waits, nothing moves
 * by itself, and what a component shows is what it would show of a real server.
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
  return connect(createFakeGateway(gatewayOptions), createFakeTime(), clientOptions)
}

function connect(gateway: FakeGateway, time: FakeTime, clientOptions: ClientOptions): FakeClient {
  const client = createClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    scheduler: time.scheduler,
    random: () => 0,
    everyUpdate: true,
    storage: null,
    ...clientOptions,
  })
  let before: Promise<void> = Promise.resolve()

  const script = (name: string): FakeScript => {
    let last = before
    const then = (act: (id: string) => void | Promise<void>): FakeScript => {
      last = last
        .then(settled)
        .then(() => act(gateway.last(name)))
        .then(settled)
      // A step that fails is told to whoever awaits the script, not to the process as well.
      before = last.catch(() => undefined)
      return steps
    }
    const update: FakeScript['update'] = (fields) => then((id) => gateway.update(id, fields))
    const steps: FakeScript = {
      claimed: () => update({ status: 'claimed' }),
      running: () => update({ status: 'running' }),
      progress: (progress, message) =>
        update({ status: 'running', progress, message: message ?? null }),
      retrying: (error) => update({ status: 'retry', error }),
      step: (step, status, error = undefined) =>
        then((id) => {
          const snapshot = gateway.run(id)
          const known = 'steps' in snapshot ? snapshot.steps : []
          const next = { name: step, status, error: error ?? null }
          const steps = known.some((other) => other.name === step)
            ? known.map((other) => (other.name === step ? next : other))
            : [...known, next]
          gateway.update(id, { status: 'running', step, steps })
        }),
      complete: (output = null) => update({ status: 'completed', output }),
      fail: (error) => update({ status: 'failed', error }),
      cancelled: (reason = 'cancelled') =>
        then((id) => gateway.update(id, cancelledFields(gateway.run(id), reason))),
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
  return { client, gateway, last: script, settled, advance: time.advance, reload }
}
