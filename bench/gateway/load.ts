import { toUuid } from '../state.ts'
import { createAsker } from './asker.ts'
import { ownRunOf, sharedRuns } from './peers/peer.ts'
import { now, openReader, type Reader } from './readers.ts'

/*
 * All readers, in their own process. It opens streams, counts the events, and sends a message after
 * the last expected one.
 */

/** An order to the readers. */
export type LoadOrder =
  /** Opens streams until there are as many; the request of each registers these runs. */
  | { type: 'open'; port: number; streams: number; runIds?: readonly string[] }
  /** Registers each stream for its own run, or for the shared runs. */
  | { type: 'register'; isShared: boolean }
  | { type: 'close' }
  /** Answers when it is ready, and again after the given number of events. */
  | { type: 'expect'; events: number; isTimed?: boolean }

/**
 * The answer: the time of the last event, in milliseconds of the clock that all processes share.
 */
export interface LoadDone {
  type: 'ready' | 'received'
  at: number
  /** The time of each event, if the order asks for it. */
  times: number[]
}

let readers: Reader[] = []
let port = 0
let expected = Number.POSITIVE_INFINITY
let received = 0
let isTimed = false
let times: number[] = []

process.on('disconnect', () => process.exit())
process.on('message', (order: LoadOrder) => void obey(order).then(() => say('ready')))

async function obey(order: LoadOrder): Promise<void> {
  if (order.type === 'open') {
    port = order.port
    const items = order.runIds?.map((id) => ({ kind: 'job', id, job_id: id }))
    while (readers.length < order.streams) {
      const some = Math.min(100, order.streams - readers.length)
      const first = readers.length
      const opening = Array.from({ length: some }, (_, n) =>
        openReader(port, first + n, count, items),
      )
      readers.push(...(await Promise.all(opening)))
    }
  }
  if (order.type === 'close') {
    for (const reader of readers) reader.close()
    readers = []
  }
  if (order.type === 'register') await register(order.isShared)
  if (order.type === 'expect') {
    received = 0
    expected = order.events
    isTimed = order.isTimed ?? false
    times = []
  }
}

function count(events: number): void {
  received += events
  if (isTimed) for (let one = 0; one < events; one += 1) times.push(now())
  if (received < expected) return
  expected = Number.POSITIVE_INFINITY
  say('received')
}

function say(type: LoadDone['type']): void {
  process.send?.({ type, at: now(), times } satisfies LoadDone)
}

/** Registers the streams of servers with sessions, over a few kept connections. */
async function register(isShared: boolean): Promise<void> {
  const shared = Array.from({ length: sharedRuns }, (_, run) => toUuid(run))
  const askers = Array.from({ length: 16 }, () => createAsker(port))
  await Promise.all(
    askers.map(async (asker, first) => {
      for (let stream = first; stream < readers.length; stream += askers.length) {
        const session = readers[stream]?.session
        if (session) await asker.subscribe(session, isShared ? shared : [ownRunOf(stream)])
      }
      asker.close()
    }),
  )
}
