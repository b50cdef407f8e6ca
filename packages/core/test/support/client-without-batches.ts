import { afterEach, beforeEach, vi } from 'vitest'
import { type Client, createClient, defineJob } from '../../src/index.ts'
import { createFakeGateway, type FakeGateway } from '../../src/testing/index.ts'

/* A test file that imports this gets, before each of its tests, a client and a gateway on the platform's own timers. */

export const exportUsers = defineJob<{ format: string }, { downloadUrl: string }>('export_users')
export const output = { downloadUrl: '/exports/1.csv' }

export let gateway: FakeGateway
export let client: Client

beforeEach(() => {
  // What asks for each registration by itself, so that one alone can be refused.
  gateway = createFakeGateway({
    capabilities: ['revisions', 'unsubscribe', 'get', 'cancel', 'retry'],
  })
  // The dice always say 0: every wait is over at once.
  client = createClient({ url: 'http://gateway/', fetch: gateway.fetch, random: () => 0 })
})
afterEach(() => {
  client.close()
  vi.useRealTimers()
})
