import { describe, expect, it } from 'vitest'
import { type Codec, encode, loadCodecs } from '../support/codecs.ts'
import { generate } from '../support/generate.ts'
import { parse, problemsIn } from '../support/parse.ts'

const declared = `
  #[derive(Deserialize)] struct FindInput { user_id: Uuid }
  #[derive(Deserialize)] struct NoneArgs {}
  #[derive(Deserialize)] struct Request { user_id: Uuid, note: Option<String> }
  #[derive(Deserialize)] struct Filter { note: Option<String>, #[serde(default)] top: i32 }
  #[derive(Deserialize)] struct Wrapped { input: i32 }
  #[derive(Deserialize)] struct MaybeWrapped { args: Option<i32>, #[serde(default)] more: i32 }
  #[derive(Deserialize)] struct Around { #[serde(flatten)] inner: Wrapped }
  #[derive(Deserialize)] struct Rest { id: i32, #[serde(flatten)] rest: HashMap<String, i32> }
  #[derive(Deserialize)] struct Email(String);
  #[derive(Deserialize)] struct Tree { input: Option<Box<Tree>> }
  #[derive(Deserialize)] struct Of<T> { input: T }
  #[derive(Deserialize)] struct Avatar { file: Upload, name: Option<String> }
  #[derive(Deserialize)] enum Format { Csv, Json }
  #[derive(Deserialize)] #[serde(rename_all = "lowercase")] enum Word { Args(i32), Other { a: i32 } }
  #[derive(Deserialize)] #[serde(rename_all = "lowercase")] enum Key { Args, Other }
  #[derive(Deserialize)] enum Choice { First(i32), Other { a: i32 } }
  #[derive(Deserialize)] #[serde(tag = "input")] enum Tagged { A, B { b: i32 } }
  #[derive(Deserialize)] #[serde(tag = "type", content = "input")] enum Beside { A(i32), B(i32) }
  #[derive(Deserialize)] #[serde(untagged)] enum Plain { Text(String), Wrapped(Wrapped) }
  #[derive(Deserialize)] #[serde(untagged)] enum Either { None, Text(String) }
  #[derive(Deserialize)] struct Unit;
  type Id = Uuid;
  type Big = u64;
  type Maybe = Option<i32>;
  type Json = serde_json::Value;
`

const contexts = {
  query: 'QueryContext',
  mutation: 'MutationContext',
  job: 'JobContext',
  workflow: 'WorkflowContext',
}
type Kind = keyof typeof contexts

/** What is sent for arguments by a function with these parameters. */
async function sentBy(kind: Kind, params: string, args: unknown, style: 'camel' | 'wire') {
  const rust = `${declared} #[${kind}] async fn it(ctx: &${contexts[kind]}, ${params}) {}`
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

describe('nothing can be generated for', () => {
  const nothing =
    'takes nothing, and Forge hands it `{}`, which is no `()`: it would fail whenever it is started'
  const noNull = 'takes may be `null`, which Forge makes `{}` of before it is read'
  const several = 'takes more than one parameter, and Forge hands it one value'
  const noContext = 'The first parameter of `it` is no context, and Forge hands it one'
  const deep =
    'There is a file in here, and Forge takes files as members of the arguments themselves only'

  it.each<[kind: Kind, params: string, problem: string]>([
    ['job', '', `The job \`it\` ${nothing}`],
    ['workflow', 'ctx: &WorkflowContext', `The workflow \`it\` ${nothing}`],
    ['job', 'ctx: &JobContext, a: i32, b: i32', `The job \`it\` ${several}`],
    ['workflow', 'ctx: Ctx, a: i32, b: i32, c: i32', `The workflow \`it\` ${several}`],
    ['job', 'ctx: Ctx, a: Option<i32>', `What the job \`it\` ${noNull}`],
    ['workflow', 'ctx: Ctx, a: Maybe', `What the workflow \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, input: Option<FindInput>', `What the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: ()', `What the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: Unit', `What the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: Either', `What the job \`it\` ${noNull}`],
    ['query', 'id: Uuid', noContext],
    ['job', 'input: FindInput', noContext],
    ['mutation', 'at: (i32, i32), id: Uuid', noContext],
    ...['u8', 'i16', 'usize', 'Vec<u8>', 'Option<Vec<u64>>'].map((type): [Kind, string, string] => [
      'query',
      `ctx: Ctx, a: ${type}`,
      `Forge takes no \`${/\w+(?=>*$)/.exec(type)}\` as a parameter of a query`,
    ]),
    [
      'mutation',
      'ctx: Ctx, a: &str',
      'A parameter of `it` is a reference, and what is sent belongs to nobody else',
    ],
    ['mutation', 'ctx: Ctx, files: Vec<Upload>', deep],
    ['mutation', 'ctx: Ctx, a: i32, avatar: Avatar', deep],
    [
      'mutation',
      'ctx: Ctx, input: Option<Upload>',
      'What `it` takes may be empty or have but one member, and there may be a file in it: Forge would not find that',
    ],
  ])('a %s (%s)', async (kind, params, problem) => {
    const rust = `${declared} #[${kind}] async fn it(${params}) {}`
    const found = await problemsIn(rust)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([problem])
  })

  it.each(['""', '"$it"', '"a b"', '"a/b"'])('a function called %s', async (name) => {
    expect(await problemsIn(`#[query(name = ${name})] async fn it(ctx: &QueryContext) {}`)).toEqual(
      [`src/lib.rs:1:9 ${name} is a name that Forge does not let anybody call`],
    )
  })

  it('one that gives a file', async () => {
    expect(await problemsIn('#[query] async fn it(ctx: Ctx) -> Vec<Upload> {}')).toEqual([
      'src/lib.rs:1:19 `it` gives an `Upload`: a file is sent to a server, and never received like that',
    ])
  })

  it('a model whose derives Forge drops', async () => {
    const model = '#[forge::model] #[derive(Serialize)] struct It { a: i32 }'
    expect(await problemsIn(`${model} #[query] async fn it(ctx: Ctx) -> It {}`)).toEqual([
      'src/lib.rs:1:93 `It` (src/lib.rs:1:45) has its derives below `#[forge::model]`, which drops them',
    ])
  })
})
