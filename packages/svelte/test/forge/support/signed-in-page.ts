import { type Client, defineMutation, defineQuery } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { afterEach, beforeEach } from 'vitest'
import {
  type Auth,
  createAuth,
  createForgeClient,
  type TokenPair,
} from '../../../src/forge/index.ts'
import { setClient } from '../../../src/index.ts'

/* A test file that imports this gets, before each of its tests, a page's `auth` and its client over a fake gateway. */

/** The item of `localStorage` that holds the user and the tokens. */
export const key = 'forge_auth'
export const ada = { id: '1', email: 'ada@example.com' }
export const listUsers = defineQuery<null, unknown>('list_users')
const definition = defineMutation<{ refresh_token: string }, TokenPair>('refresh_token')
export const refresh = (client: Client, refresh_token: string): Promise<TokenPair> =>
  client.call(definition, { refresh_token })

/** What the server does; a test sets it. */
export const server: {
  /** Answers `refresh_token`. */
  answer: () => unknown
  isAllowed: (token: string | null) => boolean
} = { answer: () => null, isAllowed: () => true }
export let gateway: FakeGateway
export let client: Client
export let auth: Auth

beforeEach(() => {
  localStorage.removeItem(key)
  server.answer = () => ({ access_token: 'new', refresh_token: 'r2' })
  server.isAllowed = () => true
  gateway = createFakeGateway({
    queries: { list_users: () => ['Ada'] },
    mutations: { refresh_token: () => server.answer() },
    isAllowed: (token) => server.isAllowed(token),
  })
  auth = createAuth(refresh)
  client = createForgeClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    getToken: () => auth.token,
    onAuthError: () => auth.handleAuthError(),
  })
  setClient(client)
})
afterEach(() => {
  auth.stopRefreshLoop()
  client.close()
})

/** How many renewals the server was asked for. */
export const refreshes = (): number => gateway.count('/rpc/refresh_token')
export const refusal = (status: number, code: string) => (): Response =>
  Response.json({ success: false, error: { code, message: code } }, { status })

/** Leaves this in the storage and tells the page, as another tab does. */
export function fromAnotherTab(state: object | null): void {
  if (state) localStorage.setItem(key, JSON.stringify(state))
  else localStorage.removeItem(key)
  window.dispatchEvent(new StorageEvent('storage', { key }))
}
