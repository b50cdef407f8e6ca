import { createClient, defineJob, watchRuns } from '@headway/core'
import { fetchEventSource } from '@microsoft/fetch-event-source'
import { EventSource } from 'eventsource'
import type { Wire } from './wire.ts'

/** The number of callbacks, and whether each job has its newest update. */
export interface Peer {
  ready: Promise<void>
  callbacks(): number
  isDone(): boolean
}

const exportUsers = defineJob<null, null>('export_users')

/** A whole client: connection, registrations, reducers, one listener per job. */
function headway(wire: Wire, everyUpdate: boolean): Peer {
  const client = createClient({
    url: 'http://bench',
    fetch: wire.fetch,
    everyUpdate,
    random: () => 0,
  })
  let callbacks = 0
  const jobs = wire.jobIds.map((jobId) => {
    const job = client.attach(exportUsers, jobId)
    job.subscribe(() => {
      callbacks += 1
    })
    return job
  })
  const isLive = (): boolean => {
    const state = client.connection.getSnapshot()
    return state.status === 'open' && state.attempt === 0
  }
  return {
    ready: new Promise((resolve) => {
      const check = (): void => {
        if (isLive()) resolve()
      }
      client.connection.subscribe(check)
    }),
    callbacks: () => callbacks,
    isDone: () => jobs.every((job) => job.getSnapshot().revision === wire.perJob()),
  }
}

/** The same client with one list of all jobs, and one listener. */
function headwayList(wire: Wire, everyUpdate: boolean): Peer {
  const client = createClient({
    url: 'http://bench',
    fetch: wire.fetch,
    everyUpdate,
    random: () => 0,
  })
  let callbacks = 0
  const list = watchRuns(client, { limit: 200 })
  return {
    ready: new Promise((resolve) => {
      list.subscribe(() => {
        callbacks += 1
        if (!list.getSnapshot().loading) resolve()
      })
    }),
    callbacks: () => callbacks,
    isDone: () => list.getSnapshot().runs.every(({ view }) => view.revision === wire.perJob()),
  }
}

/** A client by hand: it parses each frame and calls one callback per target, without state. */
function parsed(wire: Wire, open: (onData: (data: string) => void) => Promise<void>): Peer {
  const revisions = new Map<string, number>()
  let callbacks = 0
  const ready = open((data) => {
    const event = JSON.parse(data) as { target: string; payload: { revision: number } }
    revisions.set(event.target, event.payload.revision)
    callbacks += 1
  })
  return {
    ready,
    callbacks: () => callbacks,
    isDone: () => wire.jobIds.every((id) => revisions.get(`job:${id}`) === wire.perJob()),
  }
}

/** Lists of runs, by the peer that they are compared with. */
export const lists: Record<string, (wire: Wire) => Peer> = {
  'headway, newest each 16 ms': (wire) => headwayList(wire, false),
  'headway, everyUpdate': (wire) => headwayList(wire, true),
}

/** All peers. */
export const peers: Record<string, (wire: Wire) => Peer> = {
  'headway, newest each 16 ms': (wire) => headway(wire, false),
  'headway, everyUpdate': (wire) => headway(wire, true),
  'eventsource 4 + JSON.parse': (wire) =>
    parsed(wire, async (onData) => {
      const source = new EventSource('http://bench/events', { fetch: wire.fetch as never })
      source.addEventListener('update', ({ data }) => onData(data))
      await new Promise((resolve) => source.addEventListener('connected', resolve))
    }),
  'fetch-event-source + JSON.parse': (wire) =>
    parsed(
      wire,
      (onData) =>
        new Promise((resolve) => {
          // It works in browsers only.
          Object.assign(globalThis, { window: globalThis })
          void fetchEventSource('http://bench/events', {
            fetch: wire.fetch,
            openWhenHidden: true,
            onmessage: ({ event, data }) => (event === 'update' ? onData(data) : resolve()),
          })
        }),
    ),
}
