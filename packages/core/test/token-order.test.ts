import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// solanabr/superteam-academy#806, superset-sh/superset#5628: the answer to an earlier token request
// comes last and wins.

const exportUsers = defineJob<null, string>('export_users')

it('ignores the answer of an older token() call that comes after a newer one', async () => {
  const answers: ((token: string) => void)[] = []
  let isSlow = false
  const token = (): string | Promise<string> =>
    isSlow ? new Promise((resolve) => answers.push(resolve)) : 'bob'
  const { client, gateway, settled, advance } = createFakeClient({}, { token })
  // Alice's token takes a while.
  isSlow = true
  const call = client.call({ kind: 'mutation', name: 'anything' } as never, null as never)
  call.catch(() => undefined)
  await settled()
  // Bob signs in.
  isSlow = false
  await client.tokenChanged()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await settled()
  expect(job.getSnapshot().sync.status).toBe('live')
  const states: string[] = []
  client.connection.subscribe(() => states.push(client.connection.getSnapshot().status))
  for (const answer of answers) answer('alice')
  await settled()
  await advance(100)
  const streams = gateway.requests.filter(({ path }) => path === '/events').length
  expect(streams).toBe(1)
  expect(states).toEqual([])
  // No later request has Alice's token.
  const bearers = gateway.requests.map(({ headers }) => headers.get('authorization'))
  expect(bearers).not.toContain('Bearer alice')
})
