import { describe, expect, it } from 'vitest'
import { parse, parsed, problemsIn } from '../support/parse.ts'

/** What a struct that serde derives both ways, and a query gives, is. */
async function typesIn(rust: string): Promise<string[]> {
  const lines = await parsed(`${rust}\n#[query] fn it() -> It {}`)
  return lines.slice(1)
}

const both = '#[derive(Serialize, Deserialize)]'

describe('a struct', () => {
  it.each<[what: string, rust: string, shown: string[]]>([
    [
      'with fields',
      `${both} struct It { a: i32, b: Option<bool> }`,
      ['It { a: number; b?: boolean | null }'],
    ],
    ['with a raw name', `${both} struct It { r#type: i32 }`, ['It { type: number }']],
    ['with nothing in its braces', `${both} struct It {}`, ['It {}']],
    ['of one value', `${both} struct It(Uuid);`, ['It = string']],
    ['of several', `${both} struct It(i32, Option<String>);`, ['It = [number, string | null]']],
    ['without anything', `${both} struct It;`, ['It = unit']],
    [
      'of itself',
      `${both} struct It { next: Option<Box<Self>>, all: Vec<It> }`,
      ['It { next?: It | null; all: It[] }'],
    ],
    [
      'with parameters',
      `${both} struct It<T = i32> { a: T, b: Vec<T>, c: Box<It<T>> }`,
      ['It<T> { a: T; b: T[]; c: It<T> }'],
    ],
    [
      'with a parameter that only marks',
      `${both} struct It<T = i32> { id: Uuid, #[serde(skip)] of: PhantomData<T> }`,
      ['It { id: string }'],
    ],
    [
      'with a parameter that is only a key',
      `${both} struct It<K = i32> { by: Vec<HashMap<K, i32>> }`,
      ['It { by: {string → number}[] }'],
    ],
    [
      'with bounds, lifetimes and constants',
      `${both} struct It<'a, T: Clone + 'a = i32, const N: usize = 2> where T: Debug { a: [&'a T; N] }`,
      ['It<T> { a: T[] }'],
    ],
    [
      'with derives by their full names',
      '#[derive(serde::Serialize, ::serde::Deserialize)] struct It { a: i32 }',
      ['It { a: number }'],
    ],
    [
      'with derives behind a feature',
      '#[cfg_attr(feature = "ssr", derive(Serialize), serde(rename_all = "camelCase"))] struct It { a_b: i32 }',
      ['It { aB: number }'],
    ],
    [
      'with fields for tests only',
      `${both} struct It { a: i32, #[cfg(test)] b: Nothing }`,
      ['It { a: number }'],
    ],
    [
      'that is a model',
      '#[derive(Serialize, Deserialize)] #[forge::model] pub struct It { pub(crate) a: i32 }',
      ['It { a: number }'],
    ],
    [
      'that is a model, and written by an implementation of its own',
      '#[forge::model] pub struct It { a: i32 }',
      ['It { a: number }'],
    ],
  ])('%s', async (_, rust, shown) => {
    expect(await typesIn(rust)).toEqual(shown)
  })

  it('that nothing refers to is left out, whatever is in it; a model is not', async () => {
    const alone = `${both} struct Alone { a: Mystery } #[model] struct Kept { a: i32 }`
    expect(await parsed(`${alone} #[query] fn it() {}`)).toEqual([
      'query it() → unit',
      'Kept { a: number }',
    ])
  })
})

describe('what serde says of a struct', () => {
  it.each<[what: string, rust: string, shown: string]>([
    [
      'rename_all',
      '#[serde(rename_all = "camelCase")] struct It { a_b: i32 }',
      'It { aB: number }',
    ],
    [
      'rename_all both ways',
      '#[serde(rename_all(serialize = "camelCase", deserialize = "camelCase"))] struct It { a_b: i32 }',
      'It { aB: number }',
    ],
    [
      'default',
      '#[serde(default)] struct It { a: i32, b: bool }',
      'It { a?: number; b?: boolean }',
    ],
    [
      'transparent',
      '#[serde(transparent)] struct It { a: i32, #[serde(skip)] b: bool, c: PhantomData<u8> }',
      'It = number',
    ],
    [
      'transparent, of a tuple',
      '#[serde(transparent)] struct It(i32, PhantomData<u8>);',
      'It = number',
    ],
    [
      'tag',
      '#[serde(tag = "kind", rename = "it")] struct It { a: i32 }',
      "It { kind?: 'it'; a: number }",
    ],
    [
      'tag, where what is not known is denied',
      '#[serde(tag = "kind", deny_unknown_fields)] struct It { a: i32 }',
      "It { out kind?: 'It'; a: number }",
    ],
    [
      'from and into',
      '#[serde(from = "Vec<u8>", into = "Vec<u8>")] struct It { a: Mystery }',
      'It = number[]',
    ],
    [
      'from and into a tuple with an array in it',
      '#[serde(from = "(Vec<( Uuid )>, [i32; 2],)", into = "(Vec<( Uuid )>, [i32; 2],)")] struct It(Mystery);',
      'It = [string[], [number, number]]',
    ],
    [
      'try_from and into',
      '#[serde(try_from = "String", into = "String")] struct It(Mystery);',
      'It = string',
    ],
    [
      'what does not matter',
      '#[serde(deny_unknown_fields, bound = "T: X", crate = "a")] struct It { a: i32 }',
      'It { a: number }',
    ],
  ])('%s', async (_, rust, shown) => {
    expect(await typesIn(both + rust)).toEqual([shown])
  })
})

describe('what serde says of a field', () => {
  it.each<[what: string, field: string, shown: string]>([
    ['rename', '#[serde(rename = "x-y")] a: i32', '{ x-y: number }'],
    [
      'rename, with escapes',
      String.raw`#[serde(rename = "\u{e9}\x41\"")] a: i32`,
      '{ éA": number }',
    ],
    [
      'rename, both ways the same',
      '#[serde(rename(serialize = "x", deserialize = "x"))] a: i32',
      '{ x: number }',
    ],
    ['alias', '#[serde(alias = "x")] a: i32', '{ a: number }'],
    ['default', '#[serde(default)] a: i32', '{ a?: number }'],
    ['default by a function', '#[serde(default = "one")] a: i32', '{ a?: number }'],
    [
      'skip_serializing_if',
      '#[serde(skip_serializing_if = "Option::is_none")] a: Option<i32>',
      '{ a?~: number | null }',
    ],
    ['skip', '#[serde(skip)] a: Mystery', '{}'],
    ['skip_serializing', '#[serde(skip_serializing)] a: i32', '{ in a: number }'],
    ['skip_deserializing', '#[serde(skip_deserializing)] a: i32', '{ out a: number }'],
    ['both of these', '#[serde(skip_serializing, skip_deserializing)] a: Mystery', '{}'],
    [
      'a name that differs, of one way',
      '#[serde(skip_serializing, rename(deserialize = "x"))] a: i32',
      '{ in x: number }',
    ],
    ['flatten', '#[serde(flatten)] a: HashMap<String, Value>', '{ ...a: {string → unknown} }'],
    [
      'with, where it is well known',
      '#[serde(with = "chrono::serde::ts_milliseconds")] a: DateTime<Utc>',
      '{ a: number }',
    ],
    ['serde_as', '#[serde_as(as = "DisplayFromStr")] a: u64', '{ a: string }'],
    ['an option behind an alias', 'a: Maybe<i32>', '{ a?: Maybe<number> }'],
    ['an option behind a pointer', 'a: Box<Option<i32>>', '{ a?: number | null }'],
  ])('%s', async (_, field, shown) => {
    const [it] = await typesIn(`type Maybe<T> = Option<T>; ${both} struct It { ${field} }`)
    expect(it).toBe(`It ${shown}`)
  })

  it('leaves out every option that is None, where serde_with is told so', async () => {
    const rust = `#[serde_with::skip_serializing_none] ${both} struct It { a: Option<i32>, b: i32 }`
    const { types } = await parse(`${rust} #[query] fn it() -> It {}`)
    const fields = types.flatMap((type) => (type.form === 'object' ? type.fields : []))
    expect(fields.map(({ optionalOut }) => optionalOut)).toEqual([true, false])
  })

  it('goes one way only when only one is derived', async () => {
    const fields = `{
      #[serde(default, rename(serialize = "x", deserialize = "y"))] a: i32,
      #[serde(skip_serializing)] b: i32,
      #[serde(skip_deserializing)] c: i32,
    }`
    expect(await typesIn(`#[derive(Serialize)] struct It ${fields}`)).toEqual([
      'It { x: number; c: number }',
    ])
    expect(await typesIn(`#[derive(Deserialize)] struct It ${fields}`)).toEqual([
      'It { y?: number; b: number }',
    ])
  })
})

describe('nothing can be generated for a struct', () => {
  it.each<[what: string, rust: string, problems: string[]]>([
    [
      'that nobody says how to write',
      'struct It { a: i32 }',
      [
        'src/lib.rs:2:21 `It` (src/lib.rs:1:8) derives neither Serialize nor Deserialize: how it is written cannot be read',
      ],
    ],
    [
      'with names that differ',
      `${both}\nstruct It {\n  #[serde(rename(serialize = "x"))]\n  a: i32,\n}`,
      ['src/lib.rs:4:3 `a` is read as "a" and written as "x": one type cannot say both'],
    ],
    [
      'with a rule that differs',
      `${both} #[serde(rename_all(serialize = "camelCase"))]\nstruct It { same: i32, not_same: i32 }`,
      [
        'src/lib.rs:2:24 `not_same` is read as "not_same" and written as "notSame": one type cannot say both',
      ],
    ],
    [
      'with a rule that there is not',
      `${both} #[serde(rename_all = "Camel")] struct It { a: i32 }`,
      ['src/lib.rs:1:43 "Camel" is none of serde\'s cases'],
    ],
    [
      'with functions of its own',
      `${both} struct It { #[serde(with = "my")] a: i32, #[serde(serialize_with = "f")] b: i32 }`,
      [
        'src/lib.rs:1:55 `It.a` is written by `my`: what comes out of that cannot be read',
        'src/lib.rs:1:85 `It.b` is written by `f`: what comes out of that cannot be read',
      ],
    ],
    [
      'that is read in another form than it is written',
      `${both} #[serde(from = "String")] struct It { a: i32 }`,
      [
        'src/lib.rs:1:43 `It` is read from `String` and written as itself: one type cannot say both',
      ],
    ],
    [
      'with an attribute that is not known',
      `${both} #[serde(upside_down)] struct It { a: i32 }`,
      ["src/lib.rs:1:43 serde's `upside_down` is not known here, nor what it does to what is sent"],
    ],
    [
      'with something flattened that is no object',
      `${both} struct It { #[serde(flatten)] a: Vec<It>, #[serde(flatten)] b: Id } type Id = Uuid;`,
      [
        'src/lib.rs:1:65 Only what is an object can be flattened: its members stand among those around it',
        'src/lib.rs:1:95 Only what is an object can be flattened: its members stand among those around it',
      ],
    ],
    [
      'with an enum flattened that may be a text, or null',
      `${both} enum Text { A, B { b: i32 } } ${both} #[serde(untagged)] enum Any { A { a: i32 }, B }
      ${both} struct It { #[serde(flatten)] a: Text, #[serde(flatten)] b: Any }`,
      [
        'src/lib.rs:2:71 Only what is an object can be flattened: its members stand among those around it',
        'src/lib.rs:2:98 Only what is an object can be flattened: its members stand among those around it',
      ],
    ],
    [
      'of something that belongs to a parameter',
      `${both} struct It<T = i32> { a: T::Item }`,
      ['src/lib.rs:1:59 An associated type cannot be sent: there is no TypeScript type for it'],
    ],
  ])('%s', async (_, rust, problems) => {
    expect(await problemsIn(`${rust}\n#[query] fn it() -> It {}`)).toEqual(problems)
  })

  it('unless the config says what a field is', async () => {
    const rust = `${both} struct It { #[serde(with = "my")] a: i32, b: Mystery }\n#[query] fn it() -> It {}`
    const types = { 'It.a': 'number', 'It.b': 'Date' }
    expect(await parsed(rust, { types })).toEqual([
      'query it() → It',
      'It { a: «number»; b: «Date» }',
    ])
  })
})
