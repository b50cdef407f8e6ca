import { encodeEvent } from '../../src/protocol/encode.ts'
import type { BatchAnswer } from '../../src/protocol/envelopes.ts'
import { isRecord, parseJson } from '../../src/protocol/json.ts'
import { type FakeGateway, failure } from '../../src/testing/index.ts'

/** What becomes of a request that another server leaves for the session's own one. */
export type Fate = 'now' | 'late' | 'lost'

/** Several servers over one database, behind a balancer that sends each request to any of them. */
export interface Cluster {
  fetch: typeof fetch
  /** Sets what becomes of the next requests at the wrong server. */
  setFate(fate: Fate): void
  /** Hands over the late requests, the newest first, so that they overtake each other. */
  handOver(): void
  /**
   * Kills a server: no other knows its sessions from then on. Its streams end, or go silent, as
   * when the machine is lost.
   */
  kill(server: number, isSilent: boolean): void
}

/** A session, at its own server. */
interface Owned {
  readonly owner: number
  /** True if POST opened it: then other servers leave its requests for the owner. */
  readonly isShared: boolean
  send(text: string): void
  kill(isSilent: boolean): void
}

/** The number of servers. */
const size = 3

/** Numbers of servers, as random as the seed. */
export function createChoices(seed: number): () => number {
  let state = seed
  return () => {
    // [Numerical Recipes] a linear congruential generator; its high bits are the random ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 16
  }
}

/**
 * Makes several servers of one fake gateway: its runs are their database.
 *
 * @param choose the number of the server that gets the next request
 */
export function createCluster(gateway: FakeGateway, choose: () => number): Cluster {
  const encoder = new TextEncoder()
  const sessions = new Map<unknown, Owned>()
  const late: (() => void)[] = []
  let fate: Fate = 'now'

  /** The stream of a session, into which its owner also writes answers. */
  const own = (response: Response, isShared: boolean): Response => {
    const reader = response.body?.getReader()
    if (!reader) return response
    const owner = choose() % size
    let id: unknown
    const forget = (): void => void sessions.delete(id)
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        let isSilenced = false
        const session: Owned = {
          owner,
          isShared,
          send: (text) => controller.enqueue(encoder.encode(text)),
          kill(isSilent) {
            forget()
            isSilenced = isSilent
            // It may have failed a moment ago.
            void reader.cancel().catch(() => undefined)
          },
        }
        try {
          for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
            if (id === undefined) {
              id = sessionIn(chunk.value)
              sessions.set(id, session)
            }
            controller.enqueue(chunk.value)
          }
          if (!isSilenced) controller.close()
        } catch (error) {
          controller.error(error)
        }
        forget()
      },
      cancel() {
        forget()
        return reader.cancel()
      },
    })
    return new Response(body, { headers: response.headers })
  }
  /** The owner does the request, and its answers come in the stream. */
  const leaveFor = async (
    { send }: Owned,
    path: string,
    init: RequestInit,
    body: Record<string, unknown>,
  ): Promise<void> => {
    const response = await gateway.fetch(`http://cluster/_api${path}`, init)
    if (response.status >= 500) throw new Error(`The owner answered ${response.status}`)
    const answers = toAnswers(path, body, await response.json())
    if (answers.length > 0 && sessions.has(body.session_id)) {
      send(encodeEvent({ type: 'answers', answers }))
    }
  }

  return {
    async fetch(input, init = {}) {
      const path = String(input).replace(/^.*\/_api/, '')
      if (path.startsWith('/events')) {
        const response = await gateway.fetch(input, init)
        return response.status === 200 ? own(response, init.method === 'POST') : response
      }
      const parsed = typeof init.body === 'string' ? parseJson(init.body) : null
      const body = isRecord(parsed) ? parsed : {}
      const session = sessions.get(body.session_id)
      if (!session || session.owner === choose() % size) return gateway.fetch(input, init)
      if (!session.isShared) return failure(404, 'SESSION_NOT_FOUND', 'That of another server')
      const { signal: _, ...rest } = init
      // The owner does it later, if it cannot now.
      const work = (): void =>
        void leaveFor(session, path, rest, body).catch(() => void late.push(work))
      if (fate === 'late') late.push(work)
      else if (fate === 'now') queueMicrotask(work)
      return Response.json({ success: true, data: null }, { status: 202 })
    },
    setFate(next) {
      fate = next
    },
    handOver() {
      for (const work of late.splice(0).reverse()) work()
    },
    kill(server, isSilent) {
      for (const session of [...sessions.values()]) {
        if (session.owner === server % size) session.kill(isSilent)
      }
    },
  }
}

/** The id in `connected`, the first chunk of a stream. */
function sessionIn(chunk: Uint8Array): unknown {
  const data = new TextDecoder().decode(chunk).match(/^data: (.*)$/m)?.[1]
  const event = parseJson(data ?? '')
  return isRecord(event) ? event.session_id : undefined
}

/** The answers to registrations, as the stream has them. */
function toAnswers(path: string, body: Record<string, unknown>, answer: unknown): BatchAnswer[] {
  if (!path.startsWith('/subscribe') || !isRecord(answer) || answer.success !== true) return []
  if (path === '/subscribe-batch') return answer.data as BatchAnswer[]
  const kind = path.split('-')[1] ?? 'query'
  return [{ ...answer, kind, id: body.id } as BatchAnswer]
}
