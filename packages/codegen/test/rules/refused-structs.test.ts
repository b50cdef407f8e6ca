import { describe, expect, it } from 'vitest'
import { parsed, problemsIn } from '../support/parse.ts'

const both = '#[derive(Serialize, Deserialize)]'

describe('nothing can be generated for a struct', () => {
  it.each<[what: string, rust: string, problems: string[]]>([
    [
      'without derives',
      'struct It { a: i32 }',
      [
        'src/lib.rs:2:21 `It` (src/lib.rs:1:8) derives neither Serialize nor Deserialize, so its form on the wire is unknown',
      ],
    ],
    [
      'with names that differ',
      `${both}\nstruct It {\n  #[serde(rename(serialize = "x"))]\n  a: i32,\n}`,
      [
        'src/lib.rs:4:3 `a` is read as "a" and written as "x", but TypeScript has one type for both',
      ],
    ],
    [
      'with a rule that differs',
      `${both} #[serde(rename_all(serialize = "camelCase"))]\nstruct It { same: i32, not_same: i32 }`,
      [
        'src/lib.rs:2:24 `not_same` is read as "not_same" and written as "notSame", but TypeScript has one type for both',
      ],
    ],
    [
      'with a rule that there is not',
      `${both} #[serde(rename_all = "Camel")] struct It { a: i32 }`,
      ['src/lib.rs:1:43 "Camel" is not one of serde\'s cases'],
    ],
    [
      'with functions of its own',
      `${both} struct It { #[serde(with = "my")] a: i32, #[serde(serialize_with = "f")] b: i32 }`,
      [
        'src/lib.rs:1:55 `It.a` is written by `my`, so its form on the wire is unknown',
        'src/lib.rs:1:85 `It.b` is written by `f`, so its form on the wire is unknown',
      ],
    ],
    [
      'that is read in another form than it is written',
      `${both} #[serde(from = "String")] struct It { a: i32 }`,
      [
        'src/lib.rs:1:43 `It` is read from `String` and written as itself, but TypeScript has one type for both',
      ],
    ],
    [
      'with an attribute that is not known',
      `${both} #[serde(upside_down)] struct It { a: i32 }`,
      ["src/lib.rs:1:43 serde's `upside_down` is not supported: its effect on the wire is unknown"],
    ],
    [
      'with something flattened that is no object',
      `${both} struct It { #[serde(flatten)] a: Vec<It>, #[serde(flatten)] b: Id } type Id = Uuid;`,
      [
        'src/lib.rs:1:65 A flattened field must be an object: its members join those around it',
        'src/lib.rs:1:95 A flattened field must be an object: its members join those around it',
      ],
    ],
    [
      'with an enum flattened that may be a text, or null',
      `${both} enum Text { A, B { b: i32 } } ${both} #[serde(untagged)] enum Any { A { a: i32 }, B }
      ${both} struct It { #[serde(flatten)] a: Text, #[serde(flatten)] b: Any }`,
      [
        'src/lib.rs:2:71 A flattened field must be an object: its members join those around it',
        'src/lib.rs:2:98 A flattened field must be an object: its members join those around it',
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
