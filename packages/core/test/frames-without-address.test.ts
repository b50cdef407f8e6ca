import { afterEach, expect, it, vi } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeGateway } from '../src/testing/index.ts'

// cfworker/cfworker#247, FredKSchott/snowpack#3904, Mikhus/domurl#51, pagedjs/pagedjs#333: location.href is no base in a
// srcdoc frame; document.baseURI is.

const exportUsers = defineJob<null, string>('export_users')

afterEach(() => vi.unstubAllGlobals())

it.each(['about:srcdoc', 'about:blank'])(
  'in a frame at %s, whose addresses are those of its parent, the stream opens as calls do',
  async (href) => {
    vi.stubGlobal('location', { href })
    vi.stubGlobal('document', { baseURI: 'https://app.example/', hidden: false })
    const gateway = createFakeGateway()
    const client = createClient({ fetch: gateway.fetch, storage: null })
    const job = client.start(exportUsers, null)
    await vi.waitFor(() => expect(gateway.count('/rpc/export_users')).toBe(1))
    await vi.waitFor(() => expect(job.getSnapshot().sync.status).toBe('live'), { timeout: 3_000 })
    client.close()
  },
)
