import type { Client } from '@headway/core'
import { connectionText } from './connection-text.ts'
import { find } from './find.ts'

/** The line about the connection, with its times while it is lost, and the button to reconnect. */
export function showConnection(client: Client): void {
  const line = find('#connection')
  const text = find('#connection-text')
  const reconnect = find('#reconnect')
  let ticking: ReturnType<typeof setInterval> | undefined

  const say = (): void => {
    text.textContent = connectionText(client.connection.getSnapshot(), Date.now())
  }
  const show = (): void => {
    const { status } = client.connection.getSnapshot()
    line.dataset.status = status
    reconnect.ariaDisabled = String(status !== 'waiting')
    clearInterval(ticking)
    if (status === 'waiting' || status === 'connecting') ticking = setInterval(say, 250)
    say()
  }
  client.connection.subscribe(show)
  show()

  reconnect.addEventListener('click', client.reconnectNow)
}
