import fc from 'fast-check'
import { lastValueFrom } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { streamOver } from './support/stream-over.ts'

/* The network cuts a stream anywhere: within a line end, a character or a byte order mark. */

/** The frames of a stream that arrives in these chunks. */
async function framesOf(chunks: readonly Uint8Array[]): Promise<[string, string][]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const headers = { 'content-type': 'text/event-stream' }
  const fetch = async (): Promise<Response> => new Response(body, { headers })
  const frames: [string, string][] = []
  const stream$ = streamOver(fetch, (event, data) => frames.push([event, data]))
  await lastValueFrom(stream$, { defaultValue: undefined })
  return frames
}

/** Cuts bytes at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
}

const encoder = new TextEncoder()

describe('a stream that the network cuts anywhere', () => {
  // rexxars/eventsource-parser#17, FellouAI/eko#287, mpetazzoni/sse.js#36
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('has the same frames, with %s as line end', async (_, end) => {
    const frame = fc.record({
      event: fc.constantFrom('update', 'connected', 'error'),
      data: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => JSON.stringify(text)),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.boolean(),
        async (frames, places, hasMark) => {
          const lines = frames.flatMap(({ event, data }) => [
            `event: ${event}`,
            ': a ping',
            `data: ${data}`,
            '',
          ])
          const text = `${hasMark ? '\ufeff' : ''}${lines.join(end)}${end}`
          // After a last CR a parser waits for the LF that may follow it.
          const bytes = encoder.encode(end === '\r' ? `${text}\n` : text)
          const expected = frames.map(({ event, data }) => [event, data])
          expect(await framesOf(cut(bytes, places))).toEqual(expected)
        },
      ),
      { numRuns: Number(process.env.HEADWAY_RUNS ?? 200) },
    )
  })

  it('has the same frames when each byte comes alone', async () => {
    const bytes = encoder.encode('event: update\r\ndata: {"note":"zwölf ✓ 🎉"}\r\n\r\n')
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(await framesOf(chunks)).toEqual([['update', '{"note":"zwölf ✓ 🎉"}']])
  })

  it('has no frame of an event that the end cuts off', async () => {
    const bytes = encoder.encode('event: update\ndata: {"a":1}\n\nevent: update\ndata: {"a":2}\n')
    expect(await framesOf([bytes])).toEqual([['update', '{"a":1}']])
  })
})
