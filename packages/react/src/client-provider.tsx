import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import { useClientCheck } from './use-client-check.ts'

declare const process: { env: { NODE_ENV?: string } }

const ClientContext = createContext<Client | null>(null)

/**
 * Gives the components below it their client; without one they have the page's, from `setClient()`. Make
 * the client outside of components: one that is made while rendering is another in each render.
 */
export function HeadwayProvider(props: { client: Client; children?: ReactNode }): ReactElement {
  try {
    // Bundlers put a word in its place, so that nothing of this is left in production.
    // biome-ignore lint/correctness/useHookAtTopLevel: it is the same in every render of a page
    if (process.env.NODE_ENV !== 'production') useClientCheck(props.client)
  } catch {
    // Not bundled, and no Node: nobody says whether this is development.
  }
  return <ClientContext.Provider value={props.client}>{props.children}</ClientContext.Provider>
}

/** The client of the nearest `HeadwayProvider`, else the page's. Throws when there is neither. */
export function useClient(): Client {
  return useContext(ClientContext) ?? getPageClient()
}
