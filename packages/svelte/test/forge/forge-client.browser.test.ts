import { defineMutation } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createForgeClient, type ForgeError, getForgeClient } from '../../src/forge/index.ts'
import { showPage } from './support/show-page.ts'
import Users from './users.svelte'

const createUser = defineMutation<object, unknown>('create_user')

let gateway: FakeGateway
beforeEach(() => {
  gateway = createFakeGateway({
    queries: { list_users: () => ['Ada'] },
    mutations: { create_user: () => 'made' },
  })
})

describe('ForgeProvider', () => {
  it('gives the page its client, tells of its connection, and closes it', async () => {
    const onConnectionChange = vi.fn()
    const { shows, leave } = showPage(gateway, Users, { onConnectionChange })
    await shows('Ada')
    const client = getForgeClient()
    expect(await client.call(createUser, {})).toBe('made')
    await expect.poll(() => onConnectionChange.mock.calls.flat()).toContain('connected')
    leave()
    expect(client.connection.getSnapshot().status).toBe('closed')
  })
})

describe('createForgeClient', () => {
  it('asks for the token before each call', async () => {
    let token = 'a'
    const client = createForgeClient({
      url: 'http://fake',
      fetch: gateway.fetch,
      getToken: () => token,
    })
    await client.call(createUser, {})
    token = 'b'
    await client.call(createUser, {})
    const sent = gateway.requests.map(({ headers }) => headers.get('authorization'))
    expect(sent).toEqual(['Bearer a', 'Bearer b'])
    client.close()
  })

  it('tells of a refused token once, waits for that, and sends the call again', async () => {
    let token = 'old'
    const errors: ForgeError[] = []
    gateway = createFakeGateway({
      mutations: { create_user: () => 'made' },
      isAllowed: (sent) => sent === 'new',
    })
    const client = createForgeClient({
      url: 'http://fake',
      fetch: gateway.fetch,
      getToken: () => token,
      async onAuthError(error) {
        errors.push(error)
        await Promise.resolve()
        token = 'new'
      },
    })
    const calls = [client.call(createUser, {}), client.call(createUser, {})]
    expect(await Promise.all(calls)).toEqual(['made', 'made'])
    expect(errors).toMatchObject([{ code: 'UNAUTHORIZED', status: 401 }])
    client.close()
  })

  it('fails with the answer when nobody gives another token', async () => {
    const refused = createFakeGateway({
      mutations: { create_user: () => 'made' },
      isAllowed: () => false,
    })
    const client = createForgeClient({ url: 'http://fake', fetch: refused.fetch })
    await expect(client.call(createUser, {})).rejects.toMatchObject({ status: 401 })
    client.close()
  })
})
