import { describe, expect, it, vi } from 'vitest'
import {
  type Client,
  ClientClosed,
  createClient,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  StartFailed,
} from '../src/index.ts'
import { createUpload } from '../src/upload/index.ts'

const exportUsers = defineJob<{ format: string }, null>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

/** A client that is made on a server, for pages that have their own address. */
function create() {
  const fetch = vi.fn<typeof globalThis.fetch>()
  return { fetch, client: createClient({ fetch }) }
}

describe('a client without url, outside a page', () => {
  it('can be made, and its views are idle or loading', () => {
    const { client, fetch } = create()
    expect(client.attach(exportUsers, 'job-1').getSnapshot()).toMatchObject({ loading: true })
    expect(client.watch(listUsers, null).getSnapshot()).toMatchObject({ loading: true })
    const lazy = client.start(exportUsers, { format: 'csv' }, { lazy: true })
    expect(lazy.getSnapshot().phase).toBe('starting')
    expect(client.connection.getSnapshot().status).toBe('idle')
    client.close()
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each<[string, (client: Client) => Promise<unknown>]>([
    ['a call', (client) => client.call(defineMutation('create_user'), {})],
    [
      'an event',
      (client) => client.sendEvent(defineWorkflow('verify_account'), 'run-1', 'clicked'),
    ],
    ['a cancel', (client) => client.attach(exportUsers, 'job-1').cancel()],
    [
      'an upload',
      (client) => createUpload(client, defineMutation('upload')).send({ file: new Blob(['a']) }),
    ],
  ])('rejects %s with an error that tells what to do', async (_, ask) => {
    const { client, fetch } = create()
    await expect(ask(client)).rejects.toThrow('createClient() needs a url')
    expect(fetch).not.toHaveBeenCalled()
    client.close()
  })

  it('fails a start with an error that tells what to do', async () => {
    const { client, fetch } = create()
    const job = client.start(exportUsers, { format: 'csv' })
    await expect(job.result).rejects.toBeInstanceOf(StartFailed)
    expect(job.getSnapshot().startError?.message).toContain('createClient() needs a url')
    expect(fetch).not.toHaveBeenCalled()
    client.close()
  })

  it('sends nothing for a followed run, which stays loading, and logs once what to do', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { client, fetch } = create()
    const users = client.watch(listUsers, null)
    const stops = [users, client.attach(exportUsers, 'job-1')].map((store) =>
      store.subscribe(() => undefined),
    )
    expect(users.getSnapshot()).toMatchObject({ loading: true, data: null })
    expect(client.connection.getSnapshot()).toMatchObject({ reason: 'incompatible' })
    await expect(client.attach(exportUsers, 'job-1').result).rejects.toBeInstanceOf(ClientClosed)
    expect(fetch).not.toHaveBeenCalled()
    expect(report).toHaveBeenCalledTimes(1)
    expect(report.mock.calls[0]?.[0]).toMatchObject({ message: expect.stringContaining('url') })
    report.mockRestore()
    for (const stop of stops) stop()
    client.close()
  })
})

it('uses the origin of the page if there is a page', async () => {
  vi.stubGlobal('location', { href: 'http://page/' })
  const { client, fetch } = create()
  fetch.mockResolvedValue(Response.json({ success: true, data: 1 }))
  expect(await client.call(defineMutation('count'), null)).toBe(1)
  expect(fetch.mock.calls[0]?.[0]).toBe('http://page/_api/rpc/count')
  client.close()
  vi.unstubAllGlobals()
})
