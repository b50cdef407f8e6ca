import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { hasInjectionContext, type InjectionKey, inject, type Plugin } from 'vue'

const clientKey: InjectionKey<Client> = Symbol('headway')

/**
 * The plugin that gives an app its client: `app.use(headway(client))`. Without it the app uses the
 * one from `setClient()`.
 */
export function headway(client: Client): Plugin {
  return { install: (app) => void app.provide(clientKey, client) }
}

/** The client of the app, or the page's. Throws if there is neither. */
export function useClient(): Client {
  return (hasInjectionContext() ? inject(clientKey, null) : null) ?? getPageClient()
}
