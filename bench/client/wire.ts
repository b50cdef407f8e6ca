import { encodeEvent } from '@headway/core/protocol'
import { toState, toUuid } from '../state.ts'

/** The size of one read from a socket, as Node and browsers have it. */
const chunkBytes = 64 * 1_024

/** A wire in memory, so that only the client's own work is measured. */
export interface Wire {
  jobIds: string[]
  fetch: typeof fetch
  /** Prepares a number of updates. */
  prepare(updates: number): void
  /** Sends the prepared updates. */
  flow(): void
  /** The number of updates sent for each job. */
  perJob(): number
}

/** A server that answers registrations at once and sends updates as fast as the client reads. */
export function createWire(jobs: number): Wire {
  const jobIds = Array.from({ length: jobs }, (_, index) => toUuid(index))
  const encoder = new TextEncoder()
  const prepared: Uint8Array[] = []
  let chunks: Uint8Array[] = []
  let wake: (() => void) | undefined
  let sent = 0

  const connected = encodeEvent({
    type: 'connected',
    session_id: toUuid(1),
    session_secret: toUuid(2),
    capabilities: ['revisions', 'subscribe-batch'],
    ping_secs: 15,
  })
  const open = (): Response => {
    chunks = [encoder.encode(connected)]
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        // As with a socket, each read comes in its own turn, and timers run in between.
        await new Promise((resolve) => setImmediate(resolve))
        if (chunks.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        const chunk = chunks.shift()
        if (chunk) controller.enqueue(chunk)
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const list = {
    runs: jobIds.map((id) => ({ kind: 'job', id, name: 'export_users', tags: [] })),
    next: null,
  }
  const answer = (body: { items?: { id: string; job_id?: string }[] }): Response => {
    const data = body.items?.map(({ id, job_id }) => ({
      id,
      success: true,
      data: job_id === undefined ? list : toState(job_id, 0),
    }))
    return Response.json({ success: true, data: data ?? null })
  }
  return {
    jobIds,
    fetch: async (input, init) =>
      String(input instanceof Request ? input.url : input).includes('/events')
        ? open()
        : answer(JSON.parse(String(init?.body ?? '{}'))),
    prepare(updates) {
      let text = ''
      for (let round = 0; round < updates / jobs; round += 1) {
        sent += 1
        for (const id of jobIds) {
          text += encodeEvent({ type: 'update', target: `job:${id}`, payload: toState(id, sent) })
          if (text.length < chunkBytes) continue
          prepared.push(encoder.encode(text))
          text = ''
        }
      }
      prepared.push(encoder.encode(text))
    },
    flow() {
      chunks.push(...prepared.splice(0))
      wake?.()
    },
    perJob: () => sent,
  }
}
