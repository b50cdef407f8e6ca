import { type Client, createClient, type TokenSource } from '@headway/core'
import { afterAll, afterEach, beforeAll, onTestFailed } from 'vitest'
import { type ForgeServer, startForge } from './server.ts'

/** A Forge server for the tests of a file, and clients that are closed after each test. */
export interface ForgeClients {
  /** The server, once it has started. */
  server(): ForgeServer
  connect(token?: TokenSource): Client
  /** Connects as a user who has these roles. */
  connectAs(roles?: string[], sub?: string): Client
}

/** Starts a server before the tests of this file, and stops it after them. */
export function useForge(): ForgeClients {
  let forge: ForgeServer
  const clients: Client[] = []
  beforeAll(async () => {
    forge = await startForge()
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.close()
  })
  afterAll(() => forge?.close())

  const connect = (token?: TokenSource): Client => {
    onTestFailed(() => console.error(forge.logs().slice(-4_000)))
    const client = createClient({ url: forge.url, everyUpdate: true, ...(token && { token }) })
    clients.push(client)
    return client
  }
  return {
    server: () => forge,
    connect,
    connectAs: (roles = [], sub = crypto.randomUUID()) => connect(() => forge.jwt({ sub, roles })),
  }
}

/** The error that a promise rejects with; `null` when it resolves. */
export const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )
