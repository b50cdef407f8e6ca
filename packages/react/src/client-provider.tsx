import type { Client } from '@headway/core'
import { createContext, type ReactElement, type ReactNode, useContext } from 'react'

const ClientContext = createContext<Client | null>(null)

/** Gives the components below it the page's client. */
export function HeadwayProvider(props: { client: Client; children?: ReactNode }): ReactElement {
  return <ClientContext.Provider value={props.client}>{props.children}</ClientContext.Provider>
}

/** The client of the nearest `HeadwayProvider`. Throws when there is none. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client) return client
  throw new Error('There is no client: put <HeadwayProvider client={createClient()}> above')
}
