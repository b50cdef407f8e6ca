import type { Stream } from '@headway/conformance/wire'
import { beforeAll } from 'vitest'
import { query as defineQuery } from '../../src/index.ts'
import { ask, database, serve, url } from './access-gateway.ts'
import { query } from './database.ts'

/*
 * A test file that imports this gets a second gateway over the database of `access-gateway`, and
 * sends each request about a stream to the one that does not have it.
 */

/** The client is ours. */
export const ours = '?client=headway.1'
export let other: string
beforeAll(async () => {
  await query(database, 'create table note (text text)')
  const queries = { notes: defineQuery({ run: ({ sql }) => sql`select text from note` }) }
  other = await serve({ queries, maxRegistrations: 3 })
})

export const itemOf = (jobId: string) => ({ kind: 'job', id: jobId, job_id: jobId })
/** Sends a batch about a stream of the other gateway to this one. */
export const batch = (stream: Stream, headers: object, items: object[], seq: number, at = url) =>
  ask('POST', '/subscribe-batch', { ...headers }, { ...stream.session, seq, items }, at)
/** The same, to end registrations. */
export const leave = (stream: Stream, headers: object, items: object[], seq: number, at = url) =>
  ask('POST', '/unsubscribe-batch', { ...headers }, { ...stream.session, seq, items }, at)
