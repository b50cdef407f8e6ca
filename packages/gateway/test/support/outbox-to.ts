import { createOutboxes, type Outbox } from '../../src/streams/outbox.ts'

/**
 * An outbox to a reader that takes `room` writes before it asks to wait, in turns that the test
 * ends.
 */
export function outboxTo(room: number): {
  read: string[]
  reader: { room: number }
  outbox: Outbox
  send: (...texts: string[]) => void
  sendInTurns: (...texts: string[]) => void
  flush: () => void
} {
  const read: string[] = []
  const reader = { room }
  let flush = (): void => undefined
  const outboxes = createOutboxes((flushAll) => {
    flush = flushAll
  })
  const outbox = outboxes.open((batch) => {
    read.push(batch.bytes().toString())
    reader.room -= 1
    return reader.room > 0
  })
  const send = (...texts: string[]): void => {
    for (const text of texts) outbox.send(text.charAt(0), text)
  }
  const sendInTurns = (...texts: string[]): void => {
    for (const text of texts) {
      send(text)
      flush()
    }
  }
  return { read, reader, outbox, send, sendInTurns, flush: () => flush() }
}
