import { describe, expect, it } from 'vitest'
import { parameterTypes } from '../support/parameter-types.ts'
import { problemsIn } from '../support/parse.ts'

type Kind = 'query' | 'mutation' | 'job' | 'workflow'

describe('nothing can be generated for', () => {
  const nothing =
    'takes no arguments, but Forge passes it `{}` and not `()`: every start would fail'
  const noNull = 'may be `null`, which Forge turns into `{}` before it reads them'
  const several = 'takes several parameters, but Forge passes it one value'
  const noContext =
    'The first parameter of `it` must be a context, which Forge passes to every function'
  const deep = 'This holds a file, but Forge takes files only as direct members of the arguments'

  it.each<[kind: Kind, params: string, problem: string]>([
    ['job', '', `The job \`it\` ${nothing}`],
    ['workflow', 'ctx: &WorkflowContext', `The workflow \`it\` ${nothing}`],
    ['job', 'ctx: &JobContext, a: i32, b: i32', `The job \`it\` ${several}`],
    ['workflow', 'ctx: Ctx, a: i32, b: i32, c: i32', `The workflow \`it\` ${several}`],
    ['job', 'ctx: Ctx, a: Option<i32>', `The arguments of the job \`it\` ${noNull}`],
    ['workflow', 'ctx: Ctx, a: Maybe', `The arguments of the workflow \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, input: Option<FindInput>', `The arguments of the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: ()', `The arguments of the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: Unit', `The arguments of the job \`it\` ${noNull}`],
    ['job', 'ctx: Ctx, a: Either', `The arguments of the job \`it\` ${noNull}`],
    ['query', 'id: Uuid', noContext],
    ['job', 'input: FindInput', noContext],
    ['mutation', 'at: (i32, i32), id: Uuid', noContext],
    ...['u8', 'i16', 'usize', 'Vec<u8>', 'Option<Vec<u64>>'].map((type): [Kind, string, string] => [
      'query',
      `ctx: Ctx, a: ${type}`,
      `Forge refuses \`${/\w+(?=>*$)/.exec(type)}\` as a parameter of a query`,
    ]),
    [
      'mutation',
      'ctx: Ctx, a: &str',
      'A parameter of `it` is a reference, but arguments arrive as values',
    ],
    ['mutation', 'ctx: Ctx, files: Vec<Upload>', deep],
    ['mutation', 'ctx: Ctx, a: i32, avatar: Avatar', deep],
    [
      'mutation',
      'ctx: Ctx, input: Option<Upload>',
      'The arguments of `it` may be empty or have one member, and may hold a file, which Forge would not find',
    ],
  ])('a %s (%s)', async (kind, params, problem) => {
    const rust = `${parameterTypes} #[${kind}] async fn it(${params}) {}`
    const found = await problemsIn(rust)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([problem])
  })

  it.each(['""', '"$it"', '"a b"', '"a/b"'])('a function called %s', async (name) => {
    expect(await problemsIn(`#[query(name = ${name})] async fn it(ctx: &QueryContext) {}`)).toEqual(
      [`src/lib.rs:1:9 ${name} is not a name that Forge accepts`],
    )
  })

  it('one that gives a file', async () => {
    expect(await problemsIn('#[query] async fn it(ctx: Ctx) -> Vec<Upload> {}')).toEqual([
      'src/lib.rs:1:19 `it` returns an `Upload`, but files only go to the server',
    ])
  })

  it.each(['Outcome<i32>', 'deep::Done'])('one that gives `%s`', async (output) => {
    const aliases =
      'type Outcome<T> = Result<T, ForgeError>; mod deep { pub type Done = super::Outcome<()>; }'
    const found = await problemsIn(`${aliases} #[job] fn it(ctx: Ctx, a: i32) -> ${output} {}`)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '`it` returns an alias of `Result`, which Forge would send whole, as `Ok` or `Err`',
    ])
  })

  it('a model whose derives Forge drops', async () => {
    const model = '#[forge::model] #[derive(Serialize)] struct It { a: i32 }'
    expect(await problemsIn(`${model} #[query] async fn it(ctx: Ctx) -> It {}`)).toEqual([
      'src/lib.rs:1:93 `It` (src/lib.rs:1:45) has its derives below `#[forge::model]`, which drops them',
    ])
  })
})
