import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { connectionText } from './connection-text.ts'
import { find } from './find.ts'

/**
 * The line about the connection, with a countdown while it waits, and the buttons to cut and
 * reconnect.
 */
export function showConnection(client: Client, page: PageState): void {
  const line = find('#connection')
  const text = find('#connection-text')
  const reconnect = find('#reconnect')
  let countdown: ReturnType<typeof setInterval> | undefined

  const say = (): void => {
    text.textContent = connectionText(client.connection.getSnapshot(), Date.now())
  }
  const show = (): void => {
    const { status } = client.connection.getSnapshot()
    line.dataset.status = status
    reconnect.ariaDisabled = String(status !== 'waiting')
    clearInterval(countdown)
    if (status === 'waiting') countdown = setInterval(say, 250)
    say()
  }
  client.connection.subscribe(show)
  show()

  reconnect.addEventListener('click', client.reconnectNow)
  find('#cut').addEventListener('click', () => page.attempt('The connection was not cut', cut()))
}

/** Asks the demo's server to reset its event streams, as a broken network would. */
async function cut(): Promise<void> {
  const { ok, status } = await fetch('/demo/cut', { method: 'POST' })
  if (!ok) throw new Error(`the server answered ${status}`)
}
