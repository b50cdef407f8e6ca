import type { Client } from '@headway/core'
import { getPageClient, setClient as setPageClient } from '@headway/core/adapter'
import type { Messages } from '../text/messages.ts'

/** The elements that are in the page. */
export const shown: Set<{ refresh(): void }> = /* @__PURE__ */ new Set()

let pageMessages: Partial<Messages> = {}

/**
 * Sets the page's client, for every element without a `client` of its own, before or after they are
 * there. A second call, as after a hot reload, closes the earlier client. Throws on a server.
 */
export function setClient(client: Client): void {
  setPageClient(client)
  refreshAll()
}

/** Replaces texts of every element, such as by those of another language. */
export function setMessages(messages: Partial<Messages>): void {
  pageMessages = messages
  refreshAll()
}

/** The client from `setClient()`, of this package or of an adapter; `null` without one. */
export function findPageClient(): Client | null {
  try {
    return getPageClient()
  } catch {
    return null
  }
}

/** The messages from `setMessages()`. */
export function getPageMessages(): Partial<Messages> {
  return pageMessages
}

function refreshAll(): void {
  for (const element of [...shown]) element.refresh()
}
