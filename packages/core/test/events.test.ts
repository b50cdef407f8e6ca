import { describe, expect, it } from 'vitest'
import { defineWorkflow } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const verify = defineWorkflow<null, string, { clicked: { by: string } }>('verify')
const nothing = (): void => undefined

describe('an event', () => {
  it('is sent with what it carries, and whoever follows the workflow sees what became of it', async () => {
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

  it('without anything to carry carries nothing; ids and names are not part of the path', async () => {
    const { client, gateway } = createFakeClient({ workflows: ['verify'] })
    gateway.createWorkflow({ workflow_id: 'a/b' })
    await client.sendEvent(defineWorkflow('verify'), 'a/b', 'x/y')
    expect(gateway.requests.at(-1)).toMatchObject({
      path: '/workflows/a%2Fb/events/x%2Fy',
      body: { payload: null },
    })
  })

  it('that the server does not take is an error that says why', async () => {
    const { client, gateway } = createFakeClient({ workflows: ['verify'] })
    const sending = client.sendEvent(verify, 'nobody', 'clicked', { by: 'Ann' })
    await expect(sending).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND', status: 404 })
    gateway.goOffline()
    const offline = client.sendEvent(verify, 'nobody', 'clicked')
    await expect(offline).rejects.toMatchObject({ code: 'NETWORK' })
  })
})
