import { expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import { useJob } from '../src/index.ts'
import { exportUsers, fake, show, shows } from './support/page-under-test.ts'

it('each field is a ref of its own: what shows one does not render for another', async () => {
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 10 })
  let renders = 0
  show(() => {
    const { progress } = useJob(exportUsers, { jobId: job_id })
    return () => {
      renders += 1
      return h('output', String(progress.value))
    }
  })
  await shows('10')
  const before = renders
  fake.gateway.update(job_id, { message: 'row 1' })
  await fake.settled()
  await nextTick()
  expect(renders).toBe(before)
})
