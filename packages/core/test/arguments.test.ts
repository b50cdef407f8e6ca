import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

// apollographql/apollo-client#2784, facebook/relay#227: the program changes arguments that are kept
// by reference.

const listUsers = defineQuery<{ team: unknown }, string[]>('list_users')
const exportUsers = defineJob<{ format: string }, string>('export_users')

it('sends the first arguments after a reconnect, also if the program has changed them', async () => {
  const { client, gateway, settled, advance } = createFakeClient({
    queries: { list_users: (args) => [String((args as { team: string }).team)] },
  })
  const filter = { team: 'a' }
  const users = client.watch(listUsers, filter)
  users.subscribe(() => undefined)
  await settled()
  expect(users.getSnapshot().data).toEqual(['a'])
  filter.team = 'b'
  gateway.drop()
  await advance(20_000)
  expect(users.getSnapshot()).toMatchObject({ data: ['a'], sync: { status: 'live' } })
})

it('sends the whole batch, also if the program has made its arguments invalid', async () => {
  const { client, gateway, settled, advance } = createFakeClient(
    { queries: { list_users: () => ['ann'] } },
    { random: () => 0.5 },
  )
  const filter: { team: unknown } = { team: 'a' }
  client.watch(listUsers, filter).subscribe(() => undefined)
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await settled()
  filter.team = 10n
  gateway.drop()
  await advance(60_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})

it('sends a start again with the same arguments', async () => {
  const { client, gateway, settled } = createFakeClient()
  gateway.intercept(({ path }) =>
    path.startsWith('/rpc') ? failure(503, 'SERVICE_UNAVAILABLE', 'not now') : undefined,
  )
  const args = { format: 'csv' }
  const job = client.start(exportUsers, args)
  await settled()
  args.format = 'pdf'
  gateway.intercept(() => undefined)
  await job.retryStart()
  const sent = gateway.requests.filter(({ path }) => path.startsWith('/rpc'))
  // The same idempotency key must not get other arguments.
  expect(new Set(sent.map(({ headers }) => headers.get('x-idempotency-key'))).size).toBe(1)
  expect(sent.map(({ body }) => body.args)).toEqual([{ format: 'csv' }, { format: 'csv' }])
})
