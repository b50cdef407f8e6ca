import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { createContext, type ReactElement, type ReactNode, useContext } from 'react'

const ClientContext = createContext<Client | null>(null)

/** Gives the components below it their client; without one they have the page's, from `setClient()`. */
export function HeadwayProvider(props: { client: Client; children?: ReactNode }): ReactElement {
  return <ClientContext.Provider value={props.client}>{props.children}</ClientContext.Provider>
}

/** The client of the nearest `HeadwayProvider`, else the page's. Throws when there is neither. */
export function useClient(): Client {
  return useContext(ClientContext) ?? getPageClient()
}
