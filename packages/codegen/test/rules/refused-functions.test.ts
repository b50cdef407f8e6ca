import { describe, expect, it } from 'vitest'
import { parameterTypes } from '../support/parameter-types.ts'
import { problemsIn } from '../support/parse.ts'

type Kind = 'query' | 'mutation' | 'job' | 'workflow'

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
    const rust = `${parameterTypes} #[${kind}] async fn it(${params}) {}`
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

  it.each(['Outcome<i32>', 'deep::Done'])('one that gives `%s`', async (output) => {
    const aliases =
      'type Outcome<T> = Result<T, ForgeError>; mod deep { pub type Done = super::Outcome<()>; }'
    const found = await problemsIn(`${aliases} #[job] fn it(ctx: Ctx, a: i32) -> ${output} {}`)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '`it` gives a `Result` by another name, which Forge takes for what is sent',
    ])
  })

  it('a model whose derives Forge drops', async () => {
    const model = '#[forge::model] #[derive(Serialize)] struct It { a: i32 }'
    expect(await problemsIn(`${model} #[query] async fn it(ctx: Ctx) -> It {}`)).toEqual([
      'src/lib.rs:1:93 `It` (src/lib.rs:1:45) has its derives below `#[forge::model]`, which drops them',
    ])
  })
})
