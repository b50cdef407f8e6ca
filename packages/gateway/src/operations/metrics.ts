import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Freshness } from '../live/freshness.ts'
import type { ChangeSubscription } from '../live/listen-for-changes.ts'
import type { Sessions } from '../streams/sessions.ts'

/** A request that was answered. */
export interface Observed {
  /** The route's name, not the path: paths are without number. */
  route: string
  status: number
  seconds: number
}

/** The gateway's numbers, in the text that Prometheus reads. */
export interface Metrics {
  observe(request: Observed): void
  contentType: string
  /** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): Promise<string>
}

/** The metrics of one gateway. Gauges are computed when they are read. */
export function createMetrics(
  sessions: Sessions,
  changes: ChangeSubscription,
  freshness: Freshness,
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'headway_requests_total',
    help: 'Answered requests, by route and status; a stream counts when it opens.',
    labelNames: ['route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'headway_request_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) })
  }
  gauge('headway_streams', 'Open streams.', () => [...sessions.all()].length)
  gauge('headway_registrations', 'Registrations of all streams.', () => {
    let count = 0
    for (const { registrations } of sessions.all()) count += registrations.size
    return count
  })
  gauge('headway_slow_streams', 'Streams with a reader that does not keep up.', () => {
    return [...sessions.all()].filter(({ outbox }) => outbox.isBlocked()).length
  })
  gauge('headway_listening', '1 while the gateway receives notifications from the database.', () =>
    Number(changes.isListening()),
  )
  gauge('headway_stale', '1 while the gateway cannot receive or read changes.', () =>
    Number(freshness.isStale()),
  )
  return {
    observe({ route, status, seconds: took }) {
      requests.inc({ route, status })
      seconds.observe({ route }, took)
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
