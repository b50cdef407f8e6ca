import type { Client } from '@headway/core'
import { type InjectionKey, inject, type Plugin } from 'vue'

const clientKey: InjectionKey<Client> = Symbol('headway')

/** Gives an app its client: `app.use(headway(createClient()))`. */
export function headway(client: Client): Plugin {
  return { install: (app) => void app.provide(clientKey, client) }
}

/** The client of the app. Throws when it has none. */
export function useClient(): Client {
  const client = inject(clientKey, null)
  if (client) return client
  throw new Error('There is no client: call app.use(headway(createClient())) before it mounts')
}
