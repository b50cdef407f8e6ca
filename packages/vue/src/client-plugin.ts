import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { hasInjectionContext, type InjectionKey, inject, type Plugin } from 'vue'

const clientKey: InjectionKey<Client> = Symbol('headway')

/** Gives an app its client: `app.use(headway(client))`. Without it, it has the page's, from `setClient()`. */
export function headway(client: Client): Plugin {
  return { install: (app) => void app.provide(clientKey, client) }
}

/** The client of the app, else the page's. Throws when there is neither. */
export function useClient(): Client {
  return (hasInjectionContext() ? inject(clientKey, null) : null) ?? getPageClient()
}
