import { expect, it } from 'vitest'
import { defineJob, defineQuery, withCodec } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { catchUncaught } from './support/uncaught.ts'

// lodash/lodash#4019, kpdecker/jsdiff#689 (deep JSON), fullstack-build/tslog#335, superstruct#58
// (text of what was thrown).

const exportUsers = defineJob<null, string>('export_users')

it('shows the other targets if the data of one is nested deeper than the stack', async () => {
  const text = `{"success":true,"data":[{"id":"q1","success":true,"revision":1,"data":${'['.repeat(20_000)}1${']'.repeat(20_000)}},`
  const tree = defineQuery<null, unknown>('tree')
  const { client, gateway, advance } = createFakeClient({
    capabilities: inBatches,
    queries: { tree: () => 'x' },
  })
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch') return undefined
    const items = body.items as { id: string }[]
    if (items.length < 2) return undefined
    const job = items.find(({ id }) => id !== 'q1')?.id ?? ''
    const rest = JSON.stringify({ id: job, success: true, data: gateway.run(job) })
    return new Response(`${text}${rest}]}`)
  })
  client.watch(tree, null).subscribe(() => undefined)
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await advance(1_000)
  gateway.drop()
  await advance(20_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})

it('shows the other runs if a codec throws a value without a text', async () => {
  const odd = withCodec(defineJob<null, string>('odd'), {
    fromWire: () => {
      throw Object.create(null)
    },
  })
  const { client, gateway, settled, advance } = createFakeClient()
  const bad = gateway.createJob({ status: 'completed', output: 'x' }).job_id
  const good = gateway.createJob().job_id
  const broken = client.attach(odd, bad)
  broken.subscribe(() => undefined)
  const job = client.attach(exportUsers, good)
  job.subscribe(() => undefined)
  await settled()
  await advance(60_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  expect(() => broken.getSnapshot()).not.toThrow()
})

it('reports an error of random(), and keeps the connection', async () => {
  const uncaught = catchUncaught()
  let isBroken = true
  const random = (): number => {
    if (isBroken) throw new Error('no dice')
    return 0
  }
  const { client, gateway, advance } = createFakeClient({}, { random })
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(0)
  isBroken = false
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(0)
  expect(client.connection.getSnapshot().status).toBe('open')
  expect(await uncaught()).toContainEqual(new Error('no dice'))
})

/** Thrown values that are hard to convert to text. */
const hostile: [string, () => unknown][] = [
  ['a revoked proxy', () => revoked({})],
  ['a revoked proxy of an error', () => revoked(new Error('no'))],
  ['a symbol', () => Symbol('no')],
  ['an object without a prototype', () => Object.create(null)],
  ['an error whose message throws', () => withGetter('message')],
  ['an error whose name throws', () => withGetter('name')],
  ['undefined', () => undefined],
]
const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const withGetter = (member: string): Error =>
  Object.defineProperty(new Error('no'), member, {
    get: () => {
      throw new Error('read me not')
    },
  })

it.each(hostile)(
  '%s, thrown by a codec, token() or a listener, gives an error with a message',
  async (_, make) => {
    const fails = (): never => {
      throw make()
    }
    const uncaught = catchUncaught()
    const odd = withCodec(defineJob<string, string>('odd'), {
      toWire: (text) => text,
      fromWire: fails,
    })
    const unsendable = withCodec(defineJob<string, string>('odd'), {
      toWire: fails,
      fromWire: () => '',
    })
    const { client, gateway, settled, last } = createFakeClient()
    const job = client.start(odd, 'x', { onFail: fails })
    job.subscribe(fails)
    await settled()
    await last('odd').complete('y')
    expect(job.getSnapshot()).toMatchObject({ status: 'completed', output: null })
    expect(job.getSnapshot().error).toContain("cannot read the server's answer")
    const unsent = client.start(unsendable, 'x')
    await expect(unsent.result).rejects.toMatchObject({ name: 'StartFailed' })

    const signedOut = createFakeClient({}, { token: fails })
    const calling = signedOut.client.call(defineQuery<null, null>('any'), null)
    await expect(calling).rejects.toMatchObject({ name: 'RpcError', code: 'TOKEN' })
    expect(gateway.requests.length).toBeGreaterThan(0)
    // The error of a listener is reported unchanged.
    expect((await uncaught()).length).toBeGreaterThan(0)
  },
)
