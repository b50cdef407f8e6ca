import { expect, it } from 'vitest'
import { defineComponent, h, Suspense } from 'vue'
import { useJob, useQuery } from '../src/index.ts'
import { element, exportUsers, fake, listUsers, show, shows } from './support/page-under-test.ts'

it('Suspense: a setup that awaits ready() shows the job from its first state on', async () => {
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
  const seen: (string | null)[] = []
  const Job = defineComponent({
    async setup() {
      const job = useJob(exportUsers, { jobId: job_id })
      const users = useQuery(listUsers, { team: 'a' })
      await Promise.all([job.ready(), users.ready()])
      return () => h('output', `${job.progress.value} ${users.data.value}`)
    },
  })
  new MutationObserver(() => seen.push(element.textContent)).observe(element, {
    childList: true,
    subtree: true,
    characterData: true,
  })
  show(() => () => h(Suspense, null, { default: () => h(Job), fallback: () => 'waiting' }))
  await shows('40 a')
  expect(new Set(seen)).toEqual(new Set(['waiting', '40 a']))
  await fake.advance(60_000)
  fake.gateway.update(job_id, { progress: 50 })
  await shows('50 a')
})
