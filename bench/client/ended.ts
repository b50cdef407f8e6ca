import { setTimeout as rest } from 'node:timers/promises'
import { createClient, defineJob, defineQuery } from '@headway/core'
import { encodeEvent } from '@headway/core/protocol'
import { toState, toUuid } from '../state.ts'

/*
 * Proves that ended jobs leave no memory behind: it measures the heap ten times while a million
 * jobs start and end, and as many queries are watched and unsubscribed. Prints the heaps and the
 * last one's ratio to the first.
 *
 *   npm run bench:ended [jobs]
 */

const total = Number(process.argv[2] ?? 1_000_000)
const atOnce = 100
const exportUsers = defineJob<{ at: number }, { at: number }>('export_users')
const getUser = defineQuery<{ at: number }, number>('get_user')

const connected = encodeEvent({
  type: 'connected',
  session_id: toUuid(1),
  session_secret: toUuid(2),
  capabilities: ['revisions', 'subscribe-batch', 'unsubscribe', 'unsubscribe-batch'],
  ping_secs: 3_600,
})
let started = 0

/** A server whose jobs have ended by the time of the first request for them. */
const answer = (path: string, body: { items?: { kind: string; id: string }[] }): Response => {
  if (path.endsWith('/events')) {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(connected)),
    })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  }
  if (path.includes('/rpc/')) {
    started += 1
    return Response.json({ success: true, data: { job_id: toUuid(started) } })
  }
  const data = body.items?.map(({ kind, id }) => {
    const ended = { ...toState(id, 1), status: 'completed', output: { at: 1 } }
    return { kind, id, success: true, data: kind === 'job' ? ended : 1, revision: 1 }
  })
  return Response.json({ success: true, data: data ?? null })
}
const client = createClient({
  url: 'http://bench',
  fetch: async (input, init) => {
    const { pathname } = new URL(String(input))
    return answer(pathname, JSON.parse(String(init?.body ?? '{}')))
  },
})

const used = async (): Promise<number> => {
  // The client keeps targets for a second: wait until it has released them.
  await rest(1_500)
  for (let round = 0; round < 4; round += 1) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function measure(name: string, one: (at: number) => Promise<unknown>): Promise<void> {
  const heaps: number[] = []
  for (let tenth = 0; tenth < 10; tenth += 1) {
    for (let at = 0; at < total / 10; at += atOnce) {
      const from = tenth * (total / 10) + at
      await Promise.all(Array.from({ length: atOnce }, (_, index) => one(from + index)))
    }
    heaps.push(await used())
  }
  const [first = 0, last = 0] = [heaps[0], heaps.at(-1)]
  const shown = heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(' ')
  say(`${name}: ${shown} MB; the last times the first: ${(last / first).toFixed(2)}`)
}

await measure(`${total.toLocaleString('en')} jobs, started and ended`, (at) => {
  return client.start(exportUsers, { at }).result
})
await measure(`${total.toLocaleString('en')} queries, watched and left`, (at) => {
  const query = client.watch(getUser, { at })
  return new Promise<void>((resolve) => {
    const look = (): void => {
      if (query.getSnapshot().loading) return
      leave()
      resolve()
    }
    const leave = query.subscribe(look)
    look()
  })
})
process.exit()
