import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCamelCase } from '../src/emit/model/naming.ts'
import { type Parameter, parameter } from './support/arbitrary-parameter.ts'
import { type Codec, encode, loadCodecs } from './support/codecs.ts'
import { handed, type Kind } from './support/forge-server-model.ts'
import { generate } from './support/generate.ts'
import { parse } from './support/parse.ts'

/*
 * What the model of a server hands to a function is what TypeScript was given: for random parameters and
 * values, through the codecs that are generated. An envelope that is missing, or one too many, shows here.
 */

const isRun = (kind: Kind) => kind === 'job' || kind === 'workflow'
const kind = fc.constantFrom<Kind>('query', 'mutation', 'job', 'workflow')
const name = fc.constantFrom('args', 'input', 'format', 'user_id', 'value', 'type')

const declared = kind.chain((kind) => {
  const known = isRun(kind) ? parameter.filter(({ mayBeNull }) => !mayBeNull) : parameter
  const named = fc.tuple(name, known)
  const [minLength, maxLength] = isRun(kind) ? [1, 1] : [0, 3]
  return fc
    .uniqueArray(named, { minLength, maxLength, selector: ([name]) => name })
    .chain((params) => {
      const values = fc.tuple(...params.map(([, { value }]) => value))
      return values.map((values) => ({ kind, params, values }))
    })
})

it.each(['camel', 'wire'] as const)(
  'what is given is what arrives, with --case %s',
  async (style) => {
    await fc.assert(
      fc.asyncProperty(declared, async ({ kind, params, values }) => {
        const { functions, codec } = await generated(kind, params, style)
        const given = values.map((value) => value[style])
        const args = toArgs(functions[0]?.args.form, params, given, style)
        const server = params.map(([name, { rust, read }]) => ({ name, type: rust, read }))
        expect(handed(kind, server, encode(codec, args))).toEqual(
          Object.fromEntries(params.map(([name], at) => [name, values[at]?.rust])),
        )
      }),
      { numRuns: 400 },
    )
  },
)

async function generated(kind: Kind, params: [string, Parameter][], style: 'camel' | 'wire') {
  const list = params.map(([name, { rust }]) => `, r#${name}: ${rust}`).join('')
  const types = new Set(params.flatMap(([, { declares }]) => declares))
  const rust = `${[...types].join('\n')} #[${kind}] async fn it(ctx: &Ctx${list}) {}`
  const schema = await parse(rust)
  const codecs: Record<string, Codec> = loadCodecs(
    generate(schema, { case: style })['convert.ts'] ?? '',
  )
  return { functions: schema.functions, codec: codecs.itCodec }
}

/** What TypeScript is given: the value itself where its type says so, else an object. */
function toArgs(
  form: string | undefined,
  params: [string, Parameter][],
  given: unknown[],
  style: 'camel' | 'wire',
): unknown {
  if (form === 'none') return null
  if (form === 'direct') return given[0] ?? null
  const members = params.map(([name], at) => {
    return [style === 'camel' ? toCamelCase(name) : name, given[at]] as const
  })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}
