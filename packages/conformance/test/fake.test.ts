import { createFakeGateway } from '@headway/core/testing'
import { createFaultProxy } from '@headway/test-kit/network/fault-proxy'
import { serveFetch } from '@headway/test-kit/network/serve-fetch'
import { describeServer } from '../src/server/index.ts'

const uncounted = { done: undefined, total: undefined, unit: undefined }

describeServer('the fake gateway', async () => {
  const gateway = createFakeGateway({ jobs: ['scripted'], pingSecs: 0.05 })
  const served = await serveFetch(gateway.fetch)
  const proxy = await createFaultProxy(served.url)
  const pings = setInterval(gateway.ping, 50)
  return {
    url: served.url,
    proxy,
    progress: async (id, progress, message) =>
      gateway.update(id, { status: 'running', progress, message, ...uncounted }),
    count: async (id, { done, total, unit, message }) =>
      gateway.update(id, {
        ...(total !== undefined && { progress: (100 * done) / total }),
        ...{ status: 'running', done, total, unit, message },
      }),
    complete: async (id, output) => gateway.update(id, { status: 'completed', output }),
    fail: async (id, error) => gateway.update(id, { status: 'failed', error }),
    remove: async (id) => gateway.forget(id),
    goStale: async () => gateway.goStale(),
    goFresh: async () => gateway.goFresh(),
    async stop() {
      clearInterval(pings)
      await proxy.close()
      await served.close()
    },
  }
})
