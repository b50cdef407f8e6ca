import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import { setClient } from '../src/index.ts'
import { fake, Progress, show, shows } from './support/page-under-test.tsx'

it('another client below the same provider is another page: nothing of the first one is shown', async () => {
  const other = createFakeClient()
  show(<Progress jobId={fake.gateway.createJob({ progress: 10 }).job_id} />)
  await shows('job-1 10 live')
  other.gateway.createJob({ progress: 90 })
  show(<Progress jobId="job-1" />, other.client)
  await shows('job-1 90 live')
  other.client.close()
})

it('without a provider it is the client of the page, and without that it says what to do', async () => {
  let message = ''
  function Lost() {
    try {
      return Progress({ jobId: 'job-1' })
    } catch (error) {
      message = String(error)
      return null
    }
  }
  show(<Lost />, null)
  await expect.poll(() => message).toContain('setClient(createClient())')
  setClient(fake.client)
  fake.gateway.createJob({ progress: 10 })
  show(<Progress jobId="job-1" />, null)
  await shows('job-1 10 live')
})
