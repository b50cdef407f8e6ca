import { expect, it } from 'vitest'
import { defineJob, defineWorkflow } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { jwt } from './support/jwt.ts'

// abeggled/openbridgeserver#1161 (review): a refused request is sent again as the user who has
// signed in since.

const deleteAccount = defineJob<null, string>('delete_account')

it.each([
  ['another user', jwt({ sub: 'bob', iat: 2 })],
  ['no user', null],
])('does not send a refused call again if the new token belongs to %s', async (_, renewed) => {
  const alice = jwt({ sub: 'alice', iat: 1 })
  let current: string | null = alice
  const { client, gateway, settled } = createFakeClient(
    { isAllowed: (bearer) => bearer !== alice },
    {
      token: ({ force }) => {
        // A sign-in or sign-out in another tab.
        if (force) current = renewed
        return current
      },
    },
  )
  const job = client.start(deleteAccount, null)
  await settled()
  const sent = gateway.requests
    .filter(({ path }) => path.startsWith('/rpc'))
    .map(({ headers }) => headers.get('authorization'))
  expect(sent).toEqual([`Bearer ${alice}`])
  expect(job.getSnapshot().phase).toBe('failed')
})

it('does not send a lost start again as another user', async () => {
  let user = 'alice'
  const { client, gateway, advance, settled } = createFakeClient(
    {},
    { random: () => 0.5, token: () => jwt({ sub: user }) },
  )
  gateway.lose(({ path }) => path.startsWith('/rpc'))
  client.start(deleteAccount, null)
  await settled()
  user = 'bob'
  await client.tokenChanged()
  gateway.lose(() => false)
  await advance(60_000)
  const names = gateway.requests
    .filter(({ path }) => path.startsWith('/rpc'))
    .map(({ headers }) => headers.get('authorization'))
  expect(new Set(names)).toEqual(new Set([`Bearer ${jwt({ sub: 'alice' })}`]))
})

it('does not send a lost event again as another user', async () => {
  let user = 'alice'
  const { client, gateway, advance, settled } = createFakeClient(
    { workflows: ['verify'] },
    { random: () => 0.5, token: () => jwt({ sub: user }) },
  )
  const { workflow_id } = gateway.createWorkflow({ status: 'waiting', waiting_for: 'clicked' })
  gateway.lose(({ path }) => path.includes('/events/'))
  const sending = client.sendEvent(defineWorkflow('verify'), workflow_id, 'clicked')
  const failed = sending.catch((error: unknown) => error)
  await settled()
  user = 'bob'
  await client.tokenChanged()
  gateway.lose(() => false)
  await advance(60_000)
  expect(await failed).toMatchObject({ code: 'NETWORK' })
  const names = gateway.requests
    .filter(({ path }) => path.includes('/events/'))
    .map(({ headers }) => headers.get('authorization'))
  expect(new Set(names)).toEqual(new Set([`Bearer ${jwt({ sub: 'alice' })}`]))
})

it('opens a refused stream for the user who has signed in since', async () => {
  let user = 'alice'
  const { client, gateway, advance } = createFakeClient(
    { isAllowed: (bearer) => bearer === jwt({ sub: 'bob' }) },
    {
      token: ({ force }) => {
        if (force) user = 'bob'
        return jwt({ sub: user })
      },
    },
  )
  client.attach(deleteAccount, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(0)
  expect(client.connection.getSnapshot().status).toBe('open')
})
