import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// abeggled/openbridgeserver#1161 (review): a request that was refused is sent again in the name of whoever signed in since.

const deleteAccount = defineJob<null, string>('delete_account')

const jwt = (sub: string, iat: number): string =>
  ['{"alg":"none"}', JSON.stringify({ sub, iat }), ''].map((part) => btoa(part)).join('.')

it.each([
  ['another user', jwt('bob', 2)],
  ['nobody', null],
])('what %s would now be asked for is not sent again in that name', async (_, renewed) => {
  const alice = jwt('alice', 1)
  let current: string | null = alice
  const { client, gateway, settled } = createFakeClient(
    { isAllowed: (bearer) => bearer !== alice },
    {
      token: ({ force }) => {
        // Somebody has signed in or out meanwhile, in another tab.
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
