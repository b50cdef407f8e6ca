import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import { useClientCheck } from './use-client-check.ts'

declare const process: { env: { NODE_ENV?: string } }

const ClientContext = createContext<Client | null>(null)

/**
 * Gives a client to the components below. Without a provider they use the one from `setClient()`.
 * Create the client outside of components: rendering would create another one each time.
 */
export function HeadwayProvider(props: { client: Client; children?: ReactNode }): ReactElement {
  try {
    // Bundlers replace NODE_ENV, so that production builds contain no check.
    // biome-ignore lint/correctness/useHookAtTopLevel: the condition is the same in every render
    if (process.env.NODE_ENV !== 'production') useClientCheck(props.client)
  } catch {
    // There is no `process`: neither Node nor a bundler says that this is development.
  }
  return <ClientContext.Provider value={props.client}>{props.children}</ClientContext.Provider>
}

/** The client of the nearest `HeadwayProvider`, or the page's. Throws if there is neither. */
export function useClient(): Client {
  return useContext(ClientContext) ?? getPageClient()
}
