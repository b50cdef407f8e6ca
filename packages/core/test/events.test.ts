import { describe, expect, it } from 'vitest'
import { defineWorkflow } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

const verify = defineWorkflow<null, string, { clicked: { by: string } }>('verify')
const nothing = (): void => undefined

describe('an event', () => {
  it('is sent with its payload, and the watchers of the workflow see the result', async () => {
    const { client, gateway, settled } = createFakeClient({ workflows: ['verify'] })
    const { workflow_id } = gateway.createWorkflow({ status: 'waiting', waiting_for: 'clicked' })
    const handle = client.attach(verify, workflow_id)
    handle.subscribe(nothing)
    await settled()
    expect(handle.getSnapshot().waitingFor).toBe('clicked')
    await client.sendEvent(verify, workflow_id, 'clicked', { by: 'Ann' })
    await settled()
    expect(handle.getSnapshot()).toMatchObject({ phase: 'running', waitingFor: null })
    const sent = gateway.requests.at(-1)
    expect(sent).toMatchObject({
      path: `/workflows/${workflow_id}/events/clicked`,
      body: { payload: { by: 'Ann' } },
    })
    expect(sent?.headers.get('x-idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
  })

  it('without a payload sends null, and ids and names are escaped in the path', async () => {
    const { client, gateway } = createFakeClient({ workflows: ['verify'] })
    gateway.createWorkflow({ workflow_id: 'a/b' })
    await client.sendEvent(defineWorkflow('verify'), 'a/b', 'x/y')
    expect(gateway.requests.at(-1)).toMatchObject({
      path: '/workflows/a%2Fb/events/x%2Fy',
      body: { payload: null },
    })
  })

  it('that the server refuses rejects with the error of the server', async () => {
    const { client, gateway, advance } = createFakeClient({ workflows: ['verify'] })
    const sending = client.sendEvent(verify, 'unknown', 'clicked', { by: 'Ann' })
    await expect(sending).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND', status: 404 })
    gateway.intercept(() => failure(503, 'SERVICE_UNAVAILABLE', 'later'))
    const refused = client.sendEvent(verify, 'unknown', 'clicked')
    await expect(refused).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    gateway.goOffline()
    const before = gateway.requests.length
    const offline = client.sendEvent(verify, 'unknown', 'clicked').catch((error) => error)
    await advance(600_000)
    expect(await offline).toMatchObject({ code: 'NETWORK' })
    expect(gateway.requests).toHaveLength(before + 5)
  })

  it.each([
    ['no answer', (): Response | undefined => undefined],
    ['an answer of a proxy', () => new Response('Bad gateway', { status: 502 })],
    ['an unknown outcome', () => failure(503, 'OUTCOME_UNKNOWN', 'lost')],
    ['no answer in time', () => failure(408, 'REQUEST_TIMEOUT', 'late')],
  ])('that gets %s is sent again, under the same key', async (_, answer) => {
    const { client, gateway, advance } = createFakeClient({ workflows: ['verify'] })
    const { workflow_id } = gateway.createWorkflow({ status: 'waiting', waiting_for: 'clicked' })
    let [lost, answered] = [0, 0]
    gateway.lose(() => answer() === undefined && lost++ < 2)
    gateway.intercept(() => (answered++ < 2 ? answer() : undefined))
    const sending = client.sendEvent(verify, workflow_id, 'clicked', { by: 'Ann' })
    await advance(60_000)
    await sending
    const keys = gateway.requests.map(({ headers }) => headers.get('x-idempotency-key'))
    expect(keys).toEqual(Array(3).fill(keys[0]))
  })

  it('that was lost, and then refused, rejects as lost', async () => {
    const { client, gateway, advance } = createFakeClient({ workflows: ['verify'] })
    const { workflow_id } = gateway.createWorkflow({ status: 'waiting', waiting_for: 'clicked' })
    let asked = 0
    gateway.intercept(() =>
      asked++ === 0 ? failure(503, 'OUTCOME_UNKNOWN', 'lost') : failure(403, 'FORBIDDEN', 'no'),
    )
    const sending = client.sendEvent(verify, workflow_id, 'clicked').catch((error) => error)
    await advance(60_000)
    expect(await sending).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(asked).toBe(2)
  })

  it('that is sent again has the payload that it had at first', async () => {
    const { client, gateway, advance } = createFakeClient({ workflows: ['verify'] })
    const { workflow_id } = gateway.createWorkflow({ status: 'waiting', waiting_for: 'clicked' })
    let asked = 0
    gateway.intercept(() => (asked++ === 0 ? failure(503, 'OUTCOME_UNKNOWN', 'lost') : undefined))
    const payload = { by: 'Ann' }
    const sending = client.sendEvent(verify, workflow_id, 'clicked', payload)
    await advance(0)
    payload.by = 'Bob'
    await advance(60_000)
    await sending
    expect(gateway.requests.at(-1)?.body).toEqual({ payload: { by: 'Ann' } })
  })
})
