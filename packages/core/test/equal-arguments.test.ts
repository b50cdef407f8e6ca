import { expect, it } from 'vitest'
import { createRuns } from '../src/adapter/index.ts'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// urql-graphql/urql#649 (fixed by #650), nuxt/nuxt#34546: what is compared as JSON is equal for any two files.

it('start() with another file, while the first one is starting, is another start', async () => {
  const { client, gateway, settled } = createFakeClient()
  const importUsers = defineJob<{ file: Blob }, string>('import_users')
  const runs = createRuns(client, 'job', importUsers as never, {})
  let shown = runs.attach(undefined)
  const actions = runs.actions(
    () => shown,
    (handle) => {
      shown = handle
    },
  )
  const first = actions.start({ file: new File(['ann'], 'a.csv') })
  // Dropped together: a second event before the first start was answered.
  const second = actions.start({ file: new File(['bob'], 'b.csv') })
  expect(second).not.toBe(first)
  await settled()
  const sent = gateway.requests.filter(({ path }) => path.startsWith('/rpc/import_users'))
  expect(sent).toHaveLength(2)
})
