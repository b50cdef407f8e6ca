import type { ServerResponse } from 'node:http'
import { encodeEvent } from '@headway/core/protocol'
import { toState, toUuid } from '../../state.ts'
import { endOfTurn, ownRunOf, type Peer, streamOf } from './peer.ts'

/** Node alone: `response.write` of one prepared buffer for all streams. */
export function raw(): Peer {
  const streams = new Map<number, ServerResponse>()
  let revision = 0
  const encode = (runId: string): string =>
    encodeEvent({ type: 'update', target: `job:${runId}`, payload: toState(runId, revision) })

  return {
    listener(request, response) {
      if (request.method === 'POST') return answer(response)
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write(': connected\n\n')
      const stream = streamOf(request)
      streams.set(stream, response)
      response.on('close', () => {
        if (streams.get(stream) === response) streams.delete(stream)
      })
    },
    async broadcast(runs) {
      revision += 1
      for (let run = 0; run < runs; run += 1) {
        const buffer = Buffer.from(encode(toUuid(run)))
        for (const response of streams.values()) response.write(buffer)
      }
      await endOfTurn()
    },
    async unicast(told) {
      revision += 1
      for (const stream of told) streams.get(stream)?.write(encode(ownRunOf(stream)))
      await endOfTurn()
    },
  }
}

function answer(response: ServerResponse): void {
  response.req.resume().on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 16 })
    response.end('{"success":true}')
  })
}
