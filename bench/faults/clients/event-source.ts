import { EventSource } from 'eventsource'
import type { Row } from '../servers/changes.ts'
import type { OpenClient } from './client.ts'

/** One `EventSource` for all jobs. It reconnects by itself, with the id of the last event. */
export const eventSource: OpenClient = (url, jobIds, show) => {
  const source = new EventSource(`${url}/events?jobs=${jobIds.join(',')}`)
  source.addEventListener('update', ({ data }) => {
    const row = JSON.parse(data) as Row
    show(row.job_id, row)
  })
}
