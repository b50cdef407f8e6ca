import { expect, it } from 'vitest'
import { defineJob, defineWorkflow, withFiles } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const verify = defineWorkflow<null, null>('verify_account')
const args = { format: 'csv' }

it('a start sends its title and tags beside the arguments', async () => {
  const { client, gateway, settled } = createFakeClient()
  client.start(exportUsers, args, { title: 'Users as CSV', tags: ['export', 'team-a'] })
  await settled()
  const body = { args, title: 'Users as CSV', tags: ['export', 'team-a'] }
  expect(gateway.requests[0]?.body).toEqual(body)
})

it('a start without them sends neither', async () => {
  const { client, gateway, settled } = createFakeClient({ workflows: ['verify_account'] })
  client.start(verify, null, { persist: 'verification' })
  await settled()
  expect(gateway.requests[0]?.body).toEqual({ args: null })
})

it('a start that is sent again sends them again', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  let lost = 1
  gateway.lose(({ path }) => path === '/rpc/export_users' && lost-- > 0)
  client.start(exportUsers, args, { title: 'Users' })
  await settled()
  await advance(60_000)
  const starts = gateway.requests.filter(({ path }) => path === '/rpc/export_users')
  expect(starts.map(({ body }) => body.title)).toEqual(['Users', 'Users'])
})

it('a start with files is refused a title, with the reason', async () => {
  const { client, gateway, settled } = createFakeClient()
  const scan = withFiles(defineJob<{ file: Blob }, null>('scan_file'))
  const job = client.start(scan, { file: new File(['a'], 'a.txt') }, { title: 'Scan' })
  await settled()
  expect(job.getSnapshot().startError?.message).toBe(
    'scan_file cannot have a title or tags: its arguments contain files',
  )
  expect(gateway.requests).toEqual([])
})
