import { describe, expect, it } from 'vitest'
import { parsed } from '../support/parse.ts'

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
