import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { find } from './find.ts'
import type { Line } from './line.ts'

/** The button that keeps the page's line cut until it is pressed again. */
export function offerCut(client: Client, page: PageState, line: Line): void {
  const button = find<HTMLButtonElement>('#cut')
  const news = find('#cut-news')
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (isCut: boolean, text: string): void => {
    button.ariaPressed = String(isCut)
    news.textContent = text
  }
  const cut = async (): Promise<void> => {
    const longestMs = await line.cut()
    const minutes = Math.round(longestMs / 60_000)
    show(
      true,
      `Nothing gets through to the server until you press again (${minutes} minutes at most).`,
    )
    timer = setTimeout(() => page.attempt('The line was not connected', connect()), longestMs)
  }
  const connect = async (): Promise<void> => {
    clearTimeout(timer)
    await line.connect()
    show(false, '')
    reconnect(client)
  }
  button.addEventListener('click', () => {
    const isCut = button.ariaPressed === 'true'
    if (isCut) page.attempt('The line was not connected', connect())
    else page.attempt('The line was not cut', cut())
  })
}

/** Connects at once: the wait before the next attempt can be long after a long cut. */
function reconnect(client: Client): void {
  client.reconnectNow()
  // An attempt from before the line was connected may still fail.
  const stop = client.connection.subscribe(() => {
    stop()
    client.reconnectNow()
  })
}
