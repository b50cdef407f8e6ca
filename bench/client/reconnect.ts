import { createClient, defineJob, defineQuery } from '@headway/core'
import { createFakeGateway } from '@headway/core/testing'

/** The requests that 100 queries and 100 jobs need after a drop until all are in sync again. */
const gateway = createFakeGateway({ queries: { list: () => [] } })
const client = createClient({ url: 'http://bench', fetch: gateway.fetch, random: () => 0 })
const exportUsers = defineJob<null, null>('export_users')
const list = defineQuery<number, never[]>('list')
for (let index = 0; index < 100; index += 1) {
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  client.watch(list, index).subscribe(() => undefined)
}
const inSync = (): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      const state = client.connection.getSnapshot()
      if (state.status !== 'open' || state.attempt !== 0) return
      stop()
      resolve()
    }
    const stop = client.connection.subscribe(check)
  })
await inSync()
const before = gateway.requests.length
gateway.drop()
await inSync()
process.stdout.write(String(gateway.requests.length - before))
process.exit()
