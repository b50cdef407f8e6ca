import { describe, expect, it } from 'vitest'
import { parsed, problemsIn } from '../support/parse.ts'

const both = '#[derive(Serialize, Deserialize)]'

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
