import type { Client } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { useEffect, useRef } from 'react'

/** Four clients within 2 s come from rendering: signing out and in makes fewer. */
const maxGiven = 4
const withinMs = 2_000
/** Eight clients in a row that were never shown come from a component that suspends. */
const maxUnshown = 8

/** A provider's client, and the times of its last ones. */
interface Given {
  client: Client | null
  at: number[]
}

let hasWarned = false
const rendered = new WeakSet<Client>()
let unshown = 0

/** Warns once if a provider gets a new client with each render. For development only. */
export function useClientCheck(client: Client): void {
  const given = useRef<Given>({ client: null, at: [] })
  checkRendered(client)
  useEffect(() => checkShown(given.current, client))
}

/** Counts outside of components: one that suspends loses its state with each render. */
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
    'HeadwayProvider gets a new client with each render, so each render connects again and loses ' +
      'all views. Create the client outside of your components: const client = createClient()',
  )
}
