import { defineJob, defineQuery } from '../../src/index.ts'
import type { BatchAnswer } from '../../src/protocol/index.ts'
import { createFakeClient, type FakeClient, type FakeRequest } from '../../src/testing/index.ts'
import { createScriptedStream, type ScriptedStream } from './scripted-stream.ts'

export const exportUsers = defineJob<null, string>('export_users')
const search = defineQuery<unknown, string>('search')

/** A client and its server. */
export const createPage = (): FakeClient =>
  createFakeClient({ queries: { search: () => 'found' } }, { random: () => 0.5 })

/** Follows so many running jobs. */
export const follow = ({ client, gateway }: FakeClient, count: number) =>
  Array.from({ length: count }, () => {
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    job.subscribe(() => undefined)
    return job
  })

/** Watches so many queries, with arguments of this size. */
export const watch = ({ client }: FakeClient, count: number, chars = 1) =>
  Array.from({ length: count }, (_, at) => {
    const query = client.watch(search, { at, text: 'x'.repeat(chars) })
    query.subscribe(() => undefined)
    return query
  })

/** The sync statuses of the views, each once. */
export const statuses = (stores: { getSnapshot(): { sync: { status: string } } }[]): string[] => [
  ...new Set(stores.map((store) => store.getSnapshot().sync.status)),
]

/** Each request, with the number of its items. */
export const textOf = ({ method, path, body }: FakeRequest): string =>
  `${method} ${path}${Array.isArray(body.items) ? ` ${body.items.length}` : ''}`

/** Answers the next request for a stream with one that the test writes. */
export const scriptNext = ({ gateway }: FakeClient): ScriptedStream => {
  const stream = createScriptedStream()
  gateway.intercept(({ path }) => {
    if (path !== '/events') return undefined
    gateway.intercept(() => undefined)
    return stream.response
  })
  return stream
}

/** An answer with the job's state. */
export const answered = ({ gateway }: FakeClient, id: string): BatchAnswer => {
  return { kind: 'job', id, success: true, data: gateway.run(id) }
}
