import { describe, expect, it } from 'vitest'
import { h, type MaybeRefOrGetter, ref } from 'vue'
import { useJob, useQuery } from '../src/index.ts'
import { exportUsers, fake, listUsers, show, shows } from './support/page-under-test.ts'

describe('the options of a composable', () => {
  it.each<[string, (id: string) => MaybeRefOrGetter<string>]>([
    ['a value', (id) => id],
    ['a ref', (id) => ref(id)],
    ['a getter', (id) => () => id],
  ])('the id of a job is %s', async (_, toOption) => {
    const jobId = toOption(fake.gateway.createJob({ progress: 10 }).job_id)
    show(() => {
      const { progress } = useJob(exportUsers, { jobId })
      return () => h('output', String(progress.value))
    })
    await shows('10')
  })

  it('the arguments of a query are a getter: another query when they change', async () => {
    const team = ref('a')
    show(() => {
      const { data } = useQuery(listUsers, () => ({ team: team.value }))
      return () => h('output', String(data.value))
    })
    await shows('a')
    team.value = 'b'
    await shows('b')
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toHaveLength(1)
  })

  it('a query is enabled by a getter', async () => {
    const enabled = ref(false)
    show(() => {
      const { data } = useQuery(listUsers, { team: 'a' }, { enabled })
      return () => h('output', String(data.value))
    })
    await shows('null')
    expect(fake.gateway.requests).toEqual([])
    enabled.value = true
    await shows('a')
  })
})
