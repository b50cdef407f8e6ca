import { describe, expect, it } from 'vitest'
import { streamOver } from './support/stream-over.ts'

/** An event stream that never ends; `cancelled` resolves once its reader has given it up. */
function createEndless() {
  let cancel = (): void => undefined
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve
  })
  const body = new ReadableStream<Uint8Array>({ cancel: () => cancel() })
  const headers = { 'content-type': 'text/event-stream' }
  return { cancelled, response: new Response(body, { headers }) }
}

describe('a `fetch` that ignores the signal', () => {
  it('has its body cancelled when the stream ends', async () => {
    const { cancelled, response } = createEndless()
    await new Promise<void>((resolve) => {
      const stream = streamOver(async () => response).subscribe(() => {
        queueMicrotask(() => {
          stream.unsubscribe()
          resolve()
        })
      })
    })
    await cancelled
  })

  it('has its body cancelled when it answers after the end', async () => {
    const { cancelled, response } = createEndless()
    let answer = (_: Response): void => undefined
    let isAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const answered = new Promise<Response>((resolve) => {
      answer = resolve
    })
    const stream = streamOver(() => {
      isAsked()
      return answered
    }).subscribe()
    await asked
    stream.unsubscribe()
    answer(response)
    await cancelled
    expect(stream.closed).toBe(true)
  })
})
