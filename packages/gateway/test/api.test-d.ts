import { type Client, jobsOf, mutationsOf, queriesOf, workflowsOf } from '@headway/core'
import { createUpload } from '@headway/core/upload'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf, it } from 'vitest'
import {
  child,
  createGateway,
  type Engine,
  job,
  mutation,
  query,
  step,
  type UploadedFile,
  type WorkflowEngine,
  workflow,
} from '../src/index.ts'

declare const client: Client
declare const engine: Engine
declare const workflowEngine: WorkflowEngine
declare const clicks: StandardSchemaV1<unknown, { by: string }>
declare const scans: StandardSchemaV1<Scan, Scan>

interface Scan {
  team: string
  at?: Date
  pages: { file: UploadedFile; no?: number }[]
}
/** Takes text, gives a number. */
declare const input: StandardSchemaV1<{ rows: string }, { rows: number }>
declare const output: StandardSchemaV1<{ at: Date }, { at: string }>

it('a client of `typeof gateway.api` knows names, arguments and outputs', async () => {
  const gateway = await createGateway({
    database: '',
    engine,
    jobs: {
      plain: job({ run: (_, { name }: { name: string }) => ({ greeting: `Hello ${name}` }) }),
      parsed: job({
        input,
        output,
        run: (_, args) => {
          expectTypeOf(args).toEqualTypeOf<{ rows: number }>()
          return { at: new Date() }
        },
      }),
      dated: job({ run: () => ({ at: new Date(), rows: [1, 2] }) }),
      silent: job({ run: () => undefined }),
    },
  })
  const jobs = jobsOf<typeof gateway.api>()
  expectTypeOf(client.start(jobs.plain, { name: 'Ann' }).result).toEqualTypeOf<
    Promise<{ greeting: string }>
  >()
  // What is sent is what the schema takes, not what it makes of it.
  const parsed = client.start(jobs.parsed, { rows: '3' })
  expectTypeOf(parsed.result).toEqualTypeOf<Promise<{ at: string }>>()
  // A date has become text on its way.
  const { at, rows } = await client.start(jobs.dated, null).result
  expectTypeOf(at).toEqualTypeOf<string>()
  expectTypeOf(rows).toEqualTypeOf<number[]>()
  expectTypeOf(client.start(jobs.silent, null).result).toEqualTypeOf<Promise<null>>()
  // @ts-expect-error there is no such job
  client.start(jobs.other, null)
  // @ts-expect-error it takes text
  client.start(jobs.parsed, { rows: 3 })
})

it('knows workflows: the names of steps, what each gives, what events carry', async () => {
  const greet = workflow({ run: (_, { name }: { name: string }) => ({ greeting: name }) })
  const gateway = await createGateway({
    database: '',
    workflowEngine,
    workflows: {
      greet,
      verify: workflow({
        steps: ['mail', 'clicked', 'activate'],
        input,
        events: { clicked: clicks },
        run: async (ctx, args) => {
          expectTypeOf(args).toEqualTypeOf<{ rows: number }>()
          const mail = await ctx.step('mail', () => ({ sentAt: new Date() }), {
            compensate: (output) => expectTypeOf(output).toEqualTypeOf<{ sentAt: Date }>(),
          })
          expectTypeOf(mail).toEqualTypeOf<{ sentAt: Date }>()
          const click = await ctx.waitFor('clicked', { timeout: 1_000 })
          expectTypeOf(click).toEqualTypeOf<{ by: string }>()
          const maybe = await ctx.step('activate', () => 1, { optional: true })
          expectTypeOf(maybe).toEqualTypeOf<number | undefined>()
          const sides = await ctx.parallel([
            step('mail', () => 'text'),
            child('activate', greet, { name: 'Ann' }),
          ])
          expectTypeOf(sides).toEqualTypeOf<[string, { greeting: string }]>()
          // @ts-expect-error there is no such step
          ctx.step('other', () => null)
          // @ts-expect-error there is no such event
          ctx.waitFor('other')
          // @ts-expect-error a branch is one step, or a workflow
          ctx.parallel([async () => 1])
          // @ts-expect-error it takes a name
          child('mail', greet, { rows: 1 })
          return { at: new Date() }
        },
      }),
    },
  })
  const workflows = workflowsOf<typeof gateway.api>()
  const handle = client.start(workflows.verify, { rows: '3' })
  expectTypeOf(handle.result).toEqualTypeOf<Promise<{ at: string }>>()
  client.sendEvent(workflows.verify, 'id', 'clicked', { by: 'Ann' })
  // Of this one nobody has said which events there are.
  client.sendEvent(workflows.greet, 'id', 'anything', 1)
  // @ts-expect-error there is no such event
  client.sendEvent(workflows.verify, 'id', 'other')
  // @ts-expect-error it carries who clicked
  client.sendEvent(workflows.verify, 'id', 'clicked', { by: 1 })
})

it('knows queries and mutations: what they take, what they give, what they may start', async () => {
  const greet = job({ run: (_, { name }: { name: string }) => ({ greeting: name }) })
  const gateway = await createGateway({
    database: '',
    engine,
    jobs: { greet },
    queries: {
      newest: query({
        input,
        run: async ({ sql, input }) => {
          expectTypeOf(input).toEqualTypeOf<{ rows: number }>()
          return sql<{ at: Date }>`select at from exports limit ${input.rows}`
        },
      }),
    },
    mutations: {
      rename: mutation({
        input,
        run: async ({ input, start }) => {
          expectTypeOf(input).toEqualTypeOf<{ rows: number }>()
          expectTypeOf(await start(greet, { name: 'Ann' })).toEqualTypeOf<string>()
          // @ts-expect-error it takes a name
          start(greet, { rows: 1 })
          return { at: new Date() }
        },
      }),
    },
  })
  const queries = queriesOf<typeof gateway.api>()
  const mutations = mutationsOf<typeof gateway.api>()
  expectTypeOf(client.watch(queries.newest, { rows: '3' }).getSnapshot().data).toEqualTypeOf<
    { at: string }[] | null
  >()
  expectTypeOf(client.call(queries.newest, { rows: '3' })).toEqualTypeOf<
    Promise<{ at: string }[]>
  >()
  expectTypeOf(client.call(mutations.rename, { rows: '3' })).toEqualTypeOf<
    Promise<{ at: string }>
  >()
  // @ts-expect-error it takes text
  client.call(mutations.rename, { rows: 3 })
  // @ts-expect-error a mutation is not watched
  client.watch(mutations.rename, { rows: '3' })
})

it('knows files: sent as such, there as what lies on the disk, answered as such', async () => {
  const gateway = await createGateway({
    database: '',
    queries: { report: query({ run: () => new Blob() }) },
    mutations: {
      scan: mutation({
        files: true,
        input: scans,
        run: ({ input }) => new File([], input.team),
      }),
    },
  })
  const queries = queriesOf<typeof gateway.api>()
  const mutations = mutationsOf<typeof gateway.api>()
  const pages = [{ file: new File([], 'a') }, { file: new Blob(), no: 2 }]
  expectTypeOf(client.call(mutations.scan, { team: 'a', pages })).toEqualTypeOf<Promise<Blob>>()
  expectTypeOf(client.call(queries.report)).toEqualTypeOf<Promise<Blob>>()
  const upload = createUpload(client, mutations.scan)
  expectTypeOf(upload.send({ team: 'a', pages })).toEqualTypeOf<Promise<Blob>>()
  expectTypeOf(upload.getSnapshot().data).toEqualTypeOf<Blob | null>()
  client.call(mutations.scan, { team: 'a', at: new Date(), pages })
  // @ts-expect-error it takes files
  upload.send({ team: 'a', pages: [{ file: 'a' }] })
  // @ts-expect-error a query takes none
  createUpload(client, queries.report)
})

it('takes options that may be missing from the environment', () => {
  const secret: string | undefined = process.env.JWT_SECRET
  createGateway({ database: '', auth: { jwt: { secret, issuer: process.env.ISSUER } } })
  createGateway({ database: '' }).then(({ fetch }) => fetch(new Request('a:'), { ip: secret }))
})
