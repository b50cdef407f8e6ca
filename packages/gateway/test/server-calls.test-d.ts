import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf, it } from 'vitest'
import { type Gateway, job, type RunSnapshot, workflow } from '../src/index.ts'

/** Takes text, gives a number. */
declare const input: StandardSchemaV1<{ rows: string }, { rows: number }>

const jobs = {
  greet: job({ run: (_, { name }: { name: string }) => name }),
  parsed: job({ input, run: (_, { rows }) => rows }),
  plain: job({ run: () => null }),
}
const workflows = { order: workflow({ run: async (_, item: { sku: string }) => item.sku }) }
declare const gateway: Gateway<typeof jobs, typeof workflows>

it('server code starts what the app defines, with its arguments', () => {
  expectTypeOf(gateway.start(jobs.greet, { name: 'Bo' })).resolves.toEqualTypeOf<string>()
  expectTypeOf(
    gateway.start('greet', { name: 'Bo' }, { owner: 'ann' }),
  ).resolves.toEqualTypeOf<string>()
  // As a client sends them: the schema converts them.
  void gateway.start('parsed', { rows: '7' }, { key: 'evt_1', delayMs: 5 })
  void gateway.start('order', { sku: 'a' })
  void gateway.start(workflows.order, { sku: 'a' })
  void gateway.start('plain')
  // @ts-expect-error there is none of this name
  void gateway.start('gret', { name: 'Bo' })
  // @ts-expect-error of another type
  void gateway.start('parsed', { rows: 7 })
  // @ts-expect-error they are missing
  void gateway.start('greet')
  // @ts-expect-error of another type
  void gateway.start(jobs.greet, { name: 7 })
})

it('server code starts many with the arguments of each', () => {
  const many = gateway.startMany(jobs.greet, [{ name: 'Bo' }], {
    label: ({ name }) => ({ title: name }),
  })
  expectTypeOf(many).resolves.toEqualTypeOf<string>()
  void gateway.startMany('parsed', [{ rows: '7' }], { owner: 'ann', onFailure: 'stop', open: true })
  void gateway.startMany('order', [{ sku: 'a' }])
  // @ts-expect-error there is none of this name
  void gateway.startMany('gret', [{ name: 'Bo' }])
  // @ts-expect-error of another type
  void gateway.startMany('parsed', [{ rows: 7 }])
  // @ts-expect-error of another type
  void gateway.startMany(jobs.greet, [{ name: 7 }])
})

it('a job starts children with the arguments of each', () => {
  job({
    run: async (ctx) => {
      await ctx.startChildren(jobs.greet, [{ name: 'Bo' }], { key: 'first' })
      // As a client sends them: the schema converts them.
      await ctx.startChildren(jobs.parsed, [{ rows: '7' }])
      await ctx.startChildren(workflows.order, [{ sku: 'a' }])
      // @ts-expect-error of another type
      await ctx.startChildren(jobs.parsed, [{ rows: 7 }])
      // @ts-expect-error of another type
      await ctx.startChildren(jobs.greet, [{ name: 7 }])
    },
  })
})

it('server code gets snapshots', () => {
  expectTypeOf(gateway.get('')).resolves.toEqualTypeOf<RunSnapshot | null>()
  expectTypeOf(gateway.cancel('', { reason: '' })).resolves.toEqualTypeOf<RunSnapshot>()
  expectTypeOf(gateway.retry('')).resolves.toEqualTypeOf<RunSnapshot>()
})
