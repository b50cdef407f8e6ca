import { describe, expect, it } from 'vitest'
import { type Codec, encode, loadCodecs } from '../support/codecs.ts'
import { generate } from '../support/generate.ts'
import { parameterTypes } from '../support/parameter-types.ts'
import { parse } from '../support/parse.ts'

const contexts = {
  query: 'QueryContext',
  mutation: 'MutationContext',
  job: 'JobContext',
  workflow: 'WorkflowContext',
}
type Kind = keyof typeof contexts

/** The body that a function with these parameters sends. */
async function sentBy(kind: Kind, params: string, args: unknown, style: 'camel' | 'wire') {
  const rust = `${parameterTypes} #[${kind}] async fn it(ctx: &${contexts[kind]}, ${params}) {}`
  const files = generate(await parse(rust), { case: style })
  const codecs: Record<string, Codec> = loadCodecs(files['convert.ts'] ?? '')
  return encode(codecs.itCodec, args)
}

const file = 'the file'
const runs: [params: string, args: unknown, sent: unknown][] = [
  ['format: String', { format: 'csv' }, 'csv'],
  ['format: Format', { format: 'Csv' }, 'Csv'],
  ['id: Id', { id: 'a' }, 'a'],
  ['big: u64', { big: 1 }, 1],
  ['ids: Vec<Uuid>', { ids: ['a'] }, ['a']],
  ['at: (i32, i32)', { at: [1, 2] }, [1, 2]],
  ['by: HashMap<String, i32>', { by: { a: 1 } }, { args: { a: 1 } }],
  ['by: BTreeMap<u32, i32>', { by: { 1: 1 } }, { 1: 1 }],
  ['by: BTreeMap<Format, i32>', { by: { Csv: 1 } }, { Csv: 1 }],
  ['by: BTreeMap<Key, i32>', { by: { args: 1 } }, { args: { args: 1 } }],
  ['data: Json', { data: { args: 1 } }, { args: { args: 1 } }],
  ['email: Email', { email: 'a@b' }, 'a@b'],
  ['r#type: Format', { type: 'Csv' }, 'Csv'],
  ['args: String', { args: 'a' }, 'a'],
  ['_args: NoneArgs', {}, {}],
  ['filter: Filter', { filter: {} }, {}],
  ['input: Vec<FindInput>', [], []],
  ['file: Upload', { file }, { args: file }],
]
const calls: typeof runs = [
  ['format: String', { format: 'csv' }, { format: 'csv' }],
  ['format: std::string::String', { format: 'csv' }, { format: 'csv' }],
  ['format: (String)', { format: 'csv' }, 'csv'],
  ['format: Format', { format: 'Csv' }, 'Csv'],
  ['id: Uuid', { id: 'a' }, { id: 'a' }],
  ['id: Id', { id: 'a' }, 'a'],
  ['big: Big', { big: 1 }, 1],
  ['ids: Vec<Uuid>', { ids: ['a'] }, { ids: ['a'] }],
  ['ids: [i32; 2]', { ids: [1, 2] }, [1, 2]],
  ['ids: VecDeque<i32>', { ids: [1] }, [1]],
  ['name: Option<String>', {}, { args: {} }],
  ['name: Option<String>', { name: null }, { args: { name: null } }],
  ['name: Maybe', {}, null],
  ['name: Maybe', { name: 1 }, 1],
  ['name: Box<i32>', { name: 1 }, 1],
  ['input: String', { input: 'a' }, { args: { input: 'a' } }],
  ['args: i32', { args: 1 }, { args: { args: 1 } }],
  ['by: HashMap<String, i32>', { by: { a: 1 } }, { by: { a: 1 } }],
  ['by: IndexMap<u32, i32>', { by: {} }, { args: {} }],
  ['_args: NoneArgs', {}, { args: {} }],
  ['filter: Filter', { filter: {} }, { args: {} }],
  ['input: Option<FindInput>', null, { args: { input: null } }],
  ['found: Option<FindInput>', null, { found: null }],
  ['input: Vec<FindInput>', [], { args: { input: [] } }],
  ['found: Vec<FindInput>', [], { found: [] }],
  ['input: i32, name: Option<String>', { input: 1 }, { args: { input: 1 } }],
  ['a: Option<i32>, b: Maybe', {}, { args: {} }],
  ['a: i32, b: Maybe', { a: 1 }, { a: 1 }],
  ['file: Upload', { file }, { args: file }],
  ['file: Upload, name: String', { file, name: 'a' }, { file, name: 'a' }],
  ['file: Option<Upload>', {}, { file: null }],
  ['input: i32, file: Option<Upload>', { input: 1 }, { input: 1, file: null }],
  ['avatar: Avatar', { avatar: { file } }, { file }],
  ['either: Either', { either: null }, null],
]
const all: typeof runs = [
  ['wrapped: Wrapped', { wrapped: { input: 1 } }, { args: { input: 1 } }],
  ['wrapped: MaybeWrapped', { wrapped: { args: 1 } }, { args: { args: 1 } }],
  ['wrapped: Around', { wrapped: { input: 1 } }, { args: { input: 1 } }],
  ['tree: Tree', { tree: { input: {} } }, { args: { input: {} } }],
  ['of: Of<i32>', { of: { input: 1 } }, { args: { input: 1 } }],
  ['rest: Rest', { rest: { id: 1, args: 2 } }, { id: 1, args: 2 }],
  ['word: Word', { word: { args: 1 } }, { args: { args: 1 } }],
  ['choice: Choice', { choice: { First: 1 } }, { First: 1 }],
  ['tagged: Tagged', { tagged: { input: 'A' } }, { args: { input: 'A' } }],
  ['beside: Beside', { beside: { type: 'A', input: 1 } }, { type: 'A', input: 1 }],
  ['plain: Plain', { plain: { input: 1 } }, { args: { input: 1 } }],
]

describe.each(['camel', 'wire'] as const)('what is sent, with --case %s,', (style) => {
  const table = (kinds: Kind[], rows: typeof runs) =>
    kinds.flatMap((kind) => rows.map((row) => [kind, ...row] as const))

  it.each([
    ...table(['job', 'workflow'], [...runs, ...all]),
    ...table(['query', 'mutation'], [...calls, ...all]),
  ])('by a %s (%s) for %j is %j', async (kind, params, args, sent) => {
    expect(await sentBy(kind, params, args, style)).toEqual(sent)
  })
})

it('names are converted inside of what is around them', async () => {
  const asked = { request: { userId: 'a' } }
  expect(await sentBy('job', 'request: Request', asked, 'camel')).toEqual({ user_id: 'a' })
  expect(await sentBy('query', 'input: Vec<FindInput>', [{ userId: 'a' }], 'camel')).toEqual({
    args: { input: [{ user_id: 'a' }] },
  })
  const two = { input: { userId: 'a' }, file: null }
  expect(await sentBy('query', 'input: Request, file: Option<Upload>', two, 'camel')).toEqual({
    input: { user_id: 'a' },
    file: null,
  })
})
