import { afterEach, expect, it, vi } from 'vitest'
import { createClient, defineJob, defineMutation } from '../src/index.ts'
import { createFakeClient, createFakeGateway } from '../src/testing/index.ts'
import { catchUncaught } from './support/uncaught.ts'

// cfworker/cfworker#247, FredKSchott/snowpack#3904, Mikhus/domurl#51, pagedjs/pagedjs#333:
// in a srcdoc frame, location.href is not a base URL, but document.baseURI is.

const exportUsers = defineJob<null, string>('export_users')

afterEach(() => vi.unstubAllGlobals())

it.each(['about:srcdoc', 'about:blank'])(
  'in a frame at %s, the stream and calls go to the origin of its parent',
  async (href) => {
    vi.stubGlobal('location', { href })
    vi.stubGlobal('document', { baseURI: 'https://app.example/', hidden: false })
    const gateway = createFakeGateway()
    const client = createClient({ fetch: gateway.fetch, storage: null })
    const job = client.start(exportUsers, null)
    await expect.poll(() => gateway.count('/rpc/export_users')).toBe(1)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    client.close()
  },
)

it.each(['about:srcdoc', 'about:blank'])('in a frame at %s, a call times out', async (href) => {
  vi.stubGlobal('location', { href, origin: 'http://fake' })
  vi.stubGlobal('document', { baseURI: 'http://fake/' })
  const uncaught = catchUncaught()
  const { client, gateway, advance } = createFakeClient({}, { url: '' })
  gateway.intercept(() => new Promise(() => undefined))
  const timedOut = expect(
    client.call(defineMutation<null, null>('save'), null),
  ).rejects.toMatchObject({ code: 'TIMEOUT' })
  await advance(60_000)
  await timedOut
  expect(await uncaught()).toEqual([])
})
