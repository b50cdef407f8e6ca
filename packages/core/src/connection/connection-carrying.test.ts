import { expect, it } from 'vitest'
import { deafListener } from '../../test/support/deaf-listener.ts'
import { createTransport, type Sent } from '../../test/support/transport.ts'
import { encodeEvent } from '../protocol/encode.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import { createConnection } from './connection.ts'

const items: BatchItem[] = [{ kind: 'job', id: 'a', job_id: 'a' }]

const textOf = ({ method = 'GET', body }: Sent): string =>
  body ? `${method} ${JSON.parse(String(body)).items.length}` : method

/** A connection to a server with these answers, in order; the last one goes on. */
async function connect(...answers: (() => Response | Promise<Response>)[]) {
  const transport = createTransport(
    () => {
      const [next] = answers.length > 1 ? answers.splice(0, 1) : answers
      if (!next) throw new Error('no answer')
      return next()
    },
    { random: () => 0.5 },
  )
  transport.capabilities.learn(['stream-answers'])
  const connection = createConnection(transport, { ...deafListener, itemsToCarry: () => items })
  connection.dispatch({ type: 'wanted' })
  await transport.advance(0)
  return { transport, connection, requests: () => transport.sent.map(textOf) }
}

const connected = encodeEvent({
  type: 'connected',
  session_id: 's',
  session_secret: 'x',
  capabilities: ['stream-answers'],
})

/** A stream that ends after `connected`. */
const shortStream = (): Response =>
  new Response(connected, { headers: { 'content-type': 'text/event-stream' } })

const reset = (): never => {
  throw new TypeError('connection reset')
}

it.each<[string, () => Response | Promise<Response>]>([
  ['fails with 500', () => Response.json({}, { status: 500 })],
  ['is reset', reset],
  ['is never answered', () => new Promise(() => undefined)],
  ['opens a stream that ends at once', shortStream],
])('every third request in a row carries no items, while each %s', async (_, answer) => {
  const { transport, connection, requests } = await connect(answer)
  await transport.advance(120_000)
  const first = ['POST 1', 'POST 1', 'POST 0', 'POST 1', 'POST 1', 'POST 0']
  expect(requests().slice(0, 6)).toEqual(first)
  connection.dispatch({ type: 'closed' })
})

it('the items of the request that opened the stream are those of the session', async () => {
  const { connection, transport } = await connect(
    () => new Response('busy', { status: 502 }),
    () =>
      new Response(new Blob([connected]).stream(), {
        headers: { 'content-type': 'text/event-stream' },
      }),
  )
  const sessions: number[] = []
  connection.session.subscribe(() => {
    const session = connection.session.getSnapshot()
    if (session) sessions.push(session.carried.size)
  })
  await transport.advance(10_000)
  expect(sessions.slice(0, 2)).toEqual([1, 0])
  connection.dispatch({ type: 'closed' })
})
