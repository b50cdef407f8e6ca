import {
  defineJob,
  defineMutation,
  defineQuery,
  jobsOf,
  mutationsOf,
  queriesOf,
  withCodec,
} from '@headway/core'
import { expect, expectTypeOf, it } from 'vitest'
import { h, ref } from 'vue'
import { useClient, useJob, useMutation, useQuery } from '../src/index.ts'
import { app, element, fake, show, shows } from './support/page-under-test.ts'

it('jobsOf and its likes: names and types of an Api', async () => {
  interface Api {
    jobs: { export_users: { args: { format: 'csv' }; output: string } }
    queries: { list_users: { args: { team: string }; output: string[] } }
    mutations: { create_user: { args: { name: string }; output: number } }
  }
  const jobs = jobsOf<Api>()
  const queries = queriesOf<Api>()
  const mutations = mutationsOf<Api>()
  show(() => {
    const job = useJob(jobs.export_users, { args: { format: 'csv' } })
    const count = useQuery(
      queries.list_users,
      { team: 'a' },
      { select: (users) => users.data?.length },
    )
    const creation = useMutation(mutations.create_user)
    expectTypeOf(job.output.value).toEqualTypeOf<string | null>()
    expectTypeOf(count.value).toEqualTypeOf<number | undefined>()
    expectTypeOf(creation.data.value).toEqualTypeOf<number | null>()
    // @ts-expect-error a job has other arguments
    const typo = () => job.start({ format: 'xml' })
    return () => h('output', `${job.phase.value} ${count.value} ${typeof typo}`)
  })
  await shows('queued 1 function')
  expect(() => app.runWithContext(useClient)).not.toThrow()
})

it('a codec: what is sent and what is shown is converted', async () => {
  const codec = {
    toWire: ({ teamName }: { teamName: string }) => ({ team: teamName }),
    fromWire: (users: string[]) => users.map((name) => ({ name })),
  }
  const team = ref('a')
  show(() => {
    const job = useJob(
      withCodec(defineJob<{ teamName: string }, { name: string }[]>('export_users'), codec),
      { args: { teamName: 'x' } },
    )
    const list = useQuery(
      withCodec(defineQuery<{ teamName: string }, { name: string }[]>('list_users'), codec),
      () => ({ teamName: team.value }),
    )
    const creation = useMutation(
      withCodec(defineMutation<{ teamName: string }, { name: string }[]>('list_users'), codec),
    )
    const onClick = () => void creation.mutate({ teamName: 'c' })
    const shown = () => [job.output.value, list.data.value, creation.data.value]
    const text = () => shown().map((users) => users?.[0]?.name)
    return () => h('button', { onClick }, text().join())
  })
  await shows(',a,')
  team.value = 'b'
  await shows(',b,')
  await fake.last('export_users').complete(['Bo'])
  await shows('Bo,b,')
  element.querySelector('button')?.click()
  await shows('Bo,b,c')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { team: 'x' } })
})
