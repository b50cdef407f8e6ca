import { createClient } from '@headway/core'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf, it } from 'vitest'
import { createGateway, type Engine, job } from '../src/index.ts'

declare const engine: Engine
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
  const client = createClient<typeof gateway.api>()
  expectTypeOf(client.start('plain', { name: 'Ann' }).result).toEqualTypeOf<
    Promise<{ greeting: string }>
  >()
  // What is sent is what the schema takes, not what it makes of it.
  const parsed = client.start('parsed', { rows: '3' })
  expectTypeOf(parsed.result).toEqualTypeOf<Promise<{ at: string }>>()
  // A date has become text on its way.
  const { at, rows } = await client.start('dated', null).result
  expectTypeOf(at).toEqualTypeOf<string>()
  expectTypeOf(rows).toEqualTypeOf<number[]>()
  expectTypeOf(client.start('silent', null).result).toEqualTypeOf<Promise<null>>()
  // @ts-expect-error there is no such job
  client.start('other', null)
  // @ts-expect-error it takes text
  client.start('parsed', { rows: 3 })
})
