import { expect, it } from 'vitest'
import { defineComponent, effectScope, h, KeepAlive, ref, shallowRef } from 'vue'
import { setClient, useJob } from '../src/index.ts'
import { exportUsers, fake, show, shows } from './support/page-under-test.ts'

it('KeepAlive: kept away, it lets go; back, it is up to date, and has started nothing anew', async () => {
  const isShown = ref(true)
  const Job = defineComponent(() => {
    const { progress } = useJob(exportUsers, { args: { format: 'csv' } })
    return () => h('output', String(progress.value))
  })
  show(() => () => h(KeepAlive, () => (isShown.value ? h(Job) : null)))
  await expect.poll(fake.gateway.registrations).toEqual(['job:job-1'])
  await fake.last('export_users').running().progress(40)
  await shows('40')
  isShown.value = false
  await shows('')
  await fake.advance(1_000)
  await expect.poll(fake.gateway.registrations).toEqual([])
  fake.gateway.update('job-1', { progress: 70 })
  isShown.value = true
  await shows('70')
  expect(fake.gateway.count('/rpc/export_users')).toBe(1)
})

it('outside a component it lives as long as its scope', async () => {
  setClient(fake.client)
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
  const scope = effectScope()
  const progress = scope.run(() => useJob(exportUsers, { jobId: job_id }).progress)
  await expect.poll(() => progress?.value).toBe(40)
  scope.stop()
  await fake.advance(1_000)
  expect(fake.gateway.registrations()).toEqual([])
})

it('unmounted while its result is awaited, the job is followed to its end', async () => {
  const isShown = ref(true)
  const started = shallowRef<Promise<string>>()
  const Job = defineComponent(() => {
    const { start, phase } = useJob(exportUsers)
    started.value = start({ format: 'csv' }).result
    return () => h('output', phase.value)
  })
  show(() => () => (isShown.value ? h(Job) : 'gone'))
  isShown.value = false
  await shows('gone')
  await fake.settled()
  await fake.advance(2_000)
  await fake.last('export_users').complete('done')
  await expect(started.value).resolves.toBe('done')
})
