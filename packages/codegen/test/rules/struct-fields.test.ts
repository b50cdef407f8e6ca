import { describe, expect, it } from 'vitest'
import { parse, parsed } from '../support/parse.ts'

/** What a struct that serde derives both ways, and a query gives, is. */
async function typesIn(rust: string): Promise<string[]> {
  const lines = await parsed(`${rust}\n#[query] fn it() -> It {}`)
  return lines.slice(1)
}

const both = '#[derive(Serialize, Deserialize)]'

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
