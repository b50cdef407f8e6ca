import { describe, expect, it } from 'vitest'
import { parse, parsed, problemsIn } from '../support/parse.ts'

const declared = `
  #[derive(Serialize, Deserialize)] struct FindInput { id: Uuid }
  #[derive(Serialize, Deserialize)] struct FindRequest { id: Uuid }
`

/** A parameter, since jobs and workflows need one. */
const one = 'ctx: &JobContext, input: FindInput'

/** The functions alone. */
const functionsIn = async (rust: string) => {
  const lines = await parsed(declared + rust)
  return lines.filter((line) => /^(query|mutation|job|workflow) /.test(line))
}

describe('a function', () => {
  it.each<[what: string, rust: string, shown: string[]]>([
    ['with #[forge::query]', '#[forge::query] fn it() {}', ['query it() → unit']],
    ['with #[mutation]', '#[mutation] fn it() {}', ['mutation it() → unit']],
    [
      'with #[forge::job(…)]',
      `#[forge::job(timeout = "5m")] fn it(${one}) {}`,
      ['job it(FindInput) → unit'],
    ],
    ['with #[workflow]', `#[workflow] fn it(${one}) {}`, ['workflow it(FindInput) → unit']],
    [
      'with an attribute between comments',
      '#[query] // why\n/* how */ fn it() {}',
      ['query it() → unit'],
    ],
    ['with none of these', '#[inline] fn it() {}', []],
    [
      'of a cron, a daemon, a webhook, a tool',
      '#[forge::cron("* * * * *")] fn a() {} #[daemon] fn b() {} #[webhook] fn c() {} #[mcp_tool] fn d() {}',
      [],
    ],
    ['with another library’s attribute', '#[sqlx::query] fn it() {}', []],
    [
      'behind cfg_attr',
      '#[cfg_attr(feature = "server", forge::query)] fn it() {}',
      ['query it() → unit'],
    ],
    ['for tests only', '#[cfg(test)] #[query] fn it() {}', []],
    ['for tests with a feature', '#[cfg(all(test, feature = "x"))] #[query] fn it() {}', []],
    [
      'for tests or a feature',
      '#[cfg(any(test, feature = "x"))] #[query] fn it() {}',
      ['query it() → unit'],
    ],
    ['not for tests', '#[cfg(not(test))] #[query] fn it() {}', ['query it() → unit']],
    ['in a module of tests', '#[cfg(test)] mod tests { #[query] fn it() {} }', []],
    ['in an inline module', 'mod a { pub mod b { #[query] fn it() {} } }', ['query it() → unit']],
    ['in an impl block', 'impl Api { #[query] fn it() {} }', []],
    ['in a macro', 'macro_rules! api { () => { #[query] fn it() {} } }', []],
    ['that is public and async', '#[query] pub(crate) async fn it() {}', ['query it() → unit']],
    ['with a raw name', '#[query] fn r#type() {}', ['query type() → unit']],
    [
      'with a name of its own',
      '#[forge::query(name = "users.find")] fn it() {}',
      ['query it() → unit [users.find]'],
    ],
    [
      'with a raw string as its name',
      '#[query(name = r#"a-b"#)] fn it() {}',
      ['query it() → unit [a-b]'],
    ],
    [
      'with lifetimes',
      "#[query] fn it<'a>(ctx: &'a QueryContext) -> Page<'a> {} #[derive(Serialize)] struct Page<'a>(&'a str);",
      ['query it() → Page'],
    ],
  ])('%s', async (_, rust, shown) => {
    expect(await functionsIn(rust)).toEqual(shown)
  })
})

describe('its arguments', () => {
  it.each<[params: string, args: string]>([
    ['', ''],
    ['_ctx: &mut forge::JobContext', ''],
    ["ctx: &'a WorkflowContext<'a>", ''],
    ['ctx: Ctx', ''],
    ['ctx: &crates::of::Others', ''],
    ['ctx: &QueryContext, id: Uuid', '{ id: string }'],
    ['_: Ctx, mut id: Uuid', '{ id: string }'],
    ['_: Ctx, r#type: String, #[allow(unused)] _all: bool', '{ type: string; _all: boolean }'],
    ['_: Ctx, id: Uuid, ctx: String', '{ id: string; ctx: string }'],
    ['_: Ctx, name: Option<String>', '{ name?: string | null }'],
    ['_: Ctx, name: Maybe<String>', '{ name?: Maybe<string> }'],
    ['_: Ctx, input: FindInput', 'FindInput'],
    ['_: Ctx, input: Option<FindInput>', 'FindInput | null'],
    ['_: Ctx, input: Vec<FindInput>', 'FindInput[]'],
    ['_: Ctx, request: FindRequest', '{ request: FindRequest }'],
    ['_: Ctx, input: FindInput, more: bool', '{ input: FindInput; more: boolean }'],
  ])('(%s) are {%s}', async (params, args) => {
    const aliases = "type Ctx<'a> = &'a JobContext; type Maybe<T> = Option<T>;"
    const [shown] = await functionsIn(`${aliases} #[query] fn it(${params}) {}`)
    expect(shown).toBe(`query it(${args}) → unit`)
  })
})

describe('what it gives', () => {
  it.each<[rust: string, output: string]>([
    ['-> String', 'string'],
    ['-> Result<String>', 'string'],
    ['-> Result<String, ForgeError>', 'string'],
    ['-> anyhow::Result<String>', 'string'],
    ['-> forge::Result<()>', 'unit'],
    ['-> std::result::Result<Option<String>, Box<dyn Error>>', 'string | null'],
    ['-> deep::Result<Vec<i32>>', 'number[]'],
    ['where String: Clone', 'unit'],
  ])('%s: %s', async (rust, output) => {
    const aliases = `
      mod deep { pub type Result<T, E = super::AppError> = std::result::Result<T, E>; }
      struct AppError;
    `
    const [shown] = await functionsIn(`${aliases} #[query] fn it() ${rust} {}`)
    expect(shown).toBe(`query it() → ${output}`)
  })
})

it('stands by kind, then by name', async () => {
  const names = `
    #[job] fn b(${one}) {} #[query] fn z() {} #[workflow] fn a(${one}) {} #[mutation] fn c() {} #[query] fn y() {}
  `
  expect(await functionsIn(names)).toEqual([
    'query y() → unit',
    'query z() → unit',
    'mutation c() → unit',
    'job b(FindInput) → unit',
    'workflow a(FindInput) → unit',
  ])
})

it('is the active version of a workflow', async () => {
  const versions = `
    #[workflow(name = "onboard", version = "1", deprecated)] fn onboard_1(${one}) {}
    #[workflow(name = "onboard", version = "2", status = "deprecated")] fn onboard_2(${one}) {}
    #[workflow(name = "onboard", version = "3", active)] fn onboard_3(${one}) {}
    #[workflow(name = "onboard", version = "4", status = "staging")] fn onboard_4(${one}) {}
  `
  expect(await functionsIn(versions)).toEqual(['workflow onboard_3(FindInput) → unit [onboard]'])
})

it('knows where it stands', async () => {
  const { functions } = await parse(
    '\uFEFF#[query]\r\nfn it(_: &QueryContext,\r\n  /* 😀 */ id: Uuid) {}',
  )
  expect(functions[0]?.place).toEqual({ file: 'src/lib.rs', line: 2, column: 4 })
  expect(functions[0]?.args).toMatchObject({
    fields: [{ wireName: 'id', place: { file: 'src/lib.rs', line: 3, column: 11 } }],
  })
})

it('takes arguments without a name, where they are all there are', async () => {
  const rust = '#[job] fn it(ctx: &JobContext, _: FindInput) {} #[query] fn other() {}'
  expect(await functionsIn(rust)).toContain('job it(FindInput) → unit')
  expect(await problemsIn(`${declared} #[job] fn it(ctx: &JobContext, _: String) {}`)).toEqual([
    expect.stringContaining('A parameter of `it` has no name'),
  ])
})

describe('nothing can be generated for a function', () => {
  it.each<[what: string, rust: string, problems: string[]]>([
    [
      'that is generic',
      '#[query] fn it<T: Serialize>(ctx: &QueryContext, id: T) {}',
      ['src/lib.rs:1:13 `it` is generic, but a client cannot name the type arguments'],
    ],
    [
      'whose parameters have no names',
      '#[query] fn it(_: Ctx, (a, b): (i32, i32), _: bool) {}',
      [
        'src/lib.rs:1:24 A parameter of `it` has no name, but arguments are sent by name',
        'src/lib.rs:1:44 A parameter of `it` has no name, but arguments are sent by name',
      ],
    ],
    [
      'whose name is not written out',
      '#[query(name = NAME)] fn it() {}',
      ['src/lib.rs:1:9 The name of `it` must be a string literal'],
    ],
    [
      'whose name another one has',
      '#[query] fn it() {} mod a { #[mutation(name = "it")] fn other() {} }',
      ['src/lib.rs:1:57 Two functions are named "it" on the wire: the other is at src/lib.rs:1:13'],
    ],
    [
      'that gives what is not known, nor takes it',
      '#[query]\nfn it(_: Ctx, url: Url) -> Result<Vec<Mime>> {}',
      ['src/lib.rs:2:20 `Url` is not a known type', 'src/lib.rs:2:39 `Mime` is not a known type'],
    ],
  ])('%s', async (_, rust, problems) => {
    expect(await problemsIn(rust)).toEqual(problems)
  })
})
