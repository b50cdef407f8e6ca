import { defineMutation, type JobHandle } from '@headway/core'
import { expect, it } from 'vitest'
import { useClient, useJob, useMutation } from '../src/index.ts'
import { element, exportUsers, fake, leave, show, shows } from './support/page-under-test.tsx'

it('what can be done stays the same function, and is about the newest run', async () => {
  const starts: ((args: { format: string }) => JobHandle<string>)[] = []
  function Page() {
    const job = useJob(exportUsers)
    starts.push(job.start)
    return job.phase
  }
  show(<Page />)
  await shows('idle')
  const handle = starts.at(-1)?.({ format: 'csv' })
  await shows('queued')
  const before = starts.at(-1)
  await fake.last('export_users').running().progress(40).progress(60)
  expect(starts.at(-1)).toBe(before)
  await fake.last('export_users').running().complete('done')
  await expect(handle?.result).resolves.toBe('done')
  await shows('succeeded')
})

it('unmounted while its result is awaited, the job is followed to its end', async () => {
  let result: Promise<string> | undefined
  function Page() {
    const job = useJob(exportUsers)
    return (
      <button type="button" onClick={() => (result = job.start({ format: 'csv' }).result)}>
        Export
      </button>
    )
  }
  show(<Page />)
  await shows('Export')
  element.querySelector('button')?.click()
  leave()
  await fake.settled()
  await fake.advance(2_000)
  await fake.last('export_users').complete('done')
  await expect(result).resolves.toBe('done')
})

it('useMutation and useClient as plain functions of the page', async () => {
  fake.gateway.intercept(({ path }) =>
    path === '/rpc/create_user'
      ? new Response('{"success":true,"data":7}', {
          headers: { 'content-type': 'application/json' },
        })
      : undefined,
  )
  function Page() {
    const { mutate, pending, data } = useMutation(defineMutation<string, number>('create_user'))
    const { reconnectNow } = useClient()
    return (
      <button type="button" disabled={pending} onClick={() => mutate('Ada').then(reconnectNow)}>
        {String(data)}
      </button>
    )
  }
  show(<Page />)
  await shows('null')
  element.querySelector('button')?.click()
  await shows('7')
})
