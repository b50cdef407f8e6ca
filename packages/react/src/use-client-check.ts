import type { Client } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { useEffect, useRef } from 'react'

/** So many clients in so short a time are made by rendering: who signs out and in makes fewer. */
const maxGiven = 4
const withinMs = 2_000
/** So many clients, none of which was ever shown, are made by a component that suspends. */
const maxUnshown = 8

/** The client that a provider has, and when it was given its last ones. */
interface Given {
  client: Client | null
  at: number[]
}

let hasWarned = false
const rendered = new WeakSet<Client>()
let unshown = 0

/** Warns, once, when a provider is given a new client with each render. For development alone. */
export function useClientCheck(client: Client): void {
  const given = useRef<Given>({ client: null, at: [] })
  checkRendered(client)
  useEffect(() => checkShown(given.current, client))
}

/** A component that suspends is rendered anew, is thrown away again, and has no state to count with. */
function checkRendered(client: Client): void {
  if (isServer() || rendered.has(client)) return
  rendered.add(client)
  unshown += 1
  if (unshown >= maxUnshown) warn()
}

function checkShown(given: Given, client: Client): void {
  unshown = 0
  if (given.client === client) return
  const now = performance.now()
  given.client = client
  given.at = [...given.at, now].slice(-maxGiven)
  const [first = now] = given.at
  if (given.at.length === maxGiven && now - first <= withinMs) warn()
}

function warn(): void {
  if (hasWarned) return
  hasWarned = true
  console.warn(
    'HeadwayProvider is given a new client with each render: each connects anew, and nothing that was shown stays. Make one outside of your components: const client = createClient()',
  )
}
