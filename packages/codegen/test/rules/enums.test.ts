import { describe, expect, it } from 'vitest'
import { parsed, problemsIn } from '../support/parse.ts'

async function enumOf(rust: string): Promise<string[]> {
  const lines = await parsed(`${rust}\n#[query] fn it() -> It {}`)
  return lines.slice(1)
}

const both = '#[derive(Serialize, Deserialize)]'

describe('an enum', () => {
  it.each<[what: string, rust: string, shown: string]>([
    [
      'that serde derives keeps its names',
      `${both} enum It { Open, InProgress }`,
      "It = 'Open' | 'InProgress'",
    ],
    [
      'of Forge is in snake_case',
      '#[forge_enum] enum It { Open, InProgress }',
      "It = 'open' | 'in_progress'",
    ],
    [
      'by any name that Forge has for it',
      '#[forge::enum_type] enum It { InProgress }',
      "It = 'in_progress'",
    ],
    [
      'of Forge, whose variants serde renames, and Forge empties',
      '#[forge_enum] enum It { #[serde(rename = "OPEN")] Open, InProgress(Mystery), HTTPd }',
      "It = 'OPEN' | 'in_progress' | 'h_t_t_pd'",
    ],
    [
      'of values that are skipped',
      `${both} enum It { A(#[serde(skip)] Mystery), B(#[serde(skip)] Mystery, i32) }`,
      "It = 'A' | 'B'([number])",
    ],
    ['with numbers', `${both} enum It { A = 1, B = -2 }`, "It = 'A' | 'B'"],
    [
      'of values',
      `${both} enum It { A(i32), B(i32, bool), C { x: i32 }, D, E() }`,
      "It = 'A'(number) | 'B'([number, boolean]) | 'C' { x: number } | 'D' | 'E'([])",
    ],
    [
      'by a tag in the object',
      `${both} #[serde(tag = "type")] enum It { A { x: i32 }, B }`,
      `It by "type" = 'A' { x: number } | 'B'`,
    ],
    [
      'by a tag beside the value',
      `${both} #[serde(tag = "t", content = "c")] enum It { A(i32), B }`,
      `It by "t" with "c" = 'A'(number) | 'B'`,
    ],
    [
      'without a tag',
      `${both} #[serde(untagged)] enum It { A(i32), B { x: i32 }, C }`,
      'It untagged = (number) | { x: number } | null',
    ],
    [
      'with a variant renamed',
      `${both} enum It { #[serde(rename = "x")] A, #[serde(alias = "y")] B }`,
      "It = 'x' | 'B'",
    ],
    ['with a variant left out', `${both} enum It { A, #[serde(skip)] B(Mystery) }`, "It = 'A'"],
    [
      'with a variant for anything else',
      `${both} enum It { A, #[serde(other)] B }`,
      "It = 'A' | 'B'",
    ],
    [
      'with fields renamed all over',
      `${both} #[serde(rename_all_fields = "camelCase")] enum It { A { x_y: i32 } }`,
      "It = 'A' { xY: number }",
    ],
    [
      'with fields renamed in one variant',
      `${both} #[serde(rename_all_fields = "camelCase")] enum It { #[serde(rename_all = "UPPERCASE")] A { x_y: i32 } }`,
      "It = 'A' { X_Y: number }",
    ],
    [
      'whose rename_all leaves fields alone',
      `${both} #[serde(rename_all = "UPPERCASE")] enum It { A { x_y: i32 } }`,
      "It = 'A' { x_y: number }",
    ],
    [
      'with a parameter',
      `${both} enum It<T = i32> { Some(T), None }`,
      "It<T> = 'Some'(T) | 'None'",
    ],
    [
      'written as its number',
      '#[derive(Serialize_repr, Deserialize_repr)] #[repr(u8)] enum It { A = 1 }',
      'It = number',
    ],
    [
      'written as text',
      '#[derive(SerializeDisplay, DeserializeFromStr)] enum It { A(Mystery) }',
      'It = string',
    ],
  ])('%s', async (_, rust, shown) => {
    expect(await enumOf(rust)).toEqual([shown])
  })

  it.each<[rule: string, variants: string, fields: string]>([
    ['lowercase', "'inprogress' | 'httpok'", 'user_id'],
    ['UPPERCASE', "'INPROGRESS' | 'HTTPOK'", 'USER_ID'],
    ['PascalCase', "'InProgress' | 'HTTPOk'", 'UserId'],
    ['camelCase', "'inProgress' | 'hTTPOk'", 'userId'],
    ['snake_case', "'in_progress' | 'h_t_t_p_ok'", 'user_id'],
    ['SCREAMING_SNAKE_CASE', "'IN_PROGRESS' | 'H_T_T_P_OK'", 'USER_ID'],
    ['kebab-case', "'in-progress' | 'h-t-t-p-ok'", 'user-id'],
    ['SCREAMING-KEBAB-CASE', "'IN-PROGRESS' | 'H-T-T-P-OK'", 'USER-ID'],
  ])('in %s is written as serde writes it, and so is a struct', async (rule, variants, field) => {
    const attribute = `${both} #[serde(rename_all = "${rule}")]`
    expect(await enumOf(`${attribute} enum It { InProgress, HTTPOk }`)).toEqual([
      `It = ${variants}`,
    ])
    expect(await enumOf(`${attribute} struct It { user_id: i32 }`)).toEqual([
      `It { ${field}: number }`,
    ])
  })
})

describe('nothing can be generated for an enum', () => {
  it.each<[what: string, rust: string, problems: string[]]>([
    [
      'of nothing',
      `${both} enum It {}`,
      ['src/lib.rs:1:40 `It` has no variant that is sent, so it has no values'],
    ],
    [
      'with tags for some',
      `${both} enum It { A, #[serde(untagged)] B(i32) }`,
      [
        'src/lib.rs:1:67 `It.B` is untagged, but other variants are tagged, which one type cannot express',
      ],
    ],
    [
      'with functions of its own for a variant',
      `${both} enum It { #[serde(with = "my")] A(i32) }`,
      ['src/lib.rs:1:53 `It.A` is written by `my`, so its form on the wire is unknown'],
    ],
    [
      'with a tag and no object to put it in',
      `${both} #[serde(tag = "type")] enum It { A(i32), B(Value), C(HashMap<i32, i32>), D(i32, i32) }`,
      [
        'src/lib.rs:1:68 The content of `It`\'s variant "A" must be an object, or its tag has no place',
        'src/lib.rs:1:108 The content of `It`\'s variant "D" must be an object, or its tag has no place',
      ],
    ],
    [
      'with a tag and an option, or a text, in its place',
      `${both} #[serde(tag = "type")] enum It { A(Option<Value>), B(Text) } ${both} enum Text { C }`,
      [
        'src/lib.rs:1:68 The content of `It`\'s variant "A" must be an object, or its tag has no place',
        'src/lib.rs:1:86 The content of `It`\'s variant "B" must be an object, or its tag has no place',
      ],
    ],
  ])('%s', async (_, rust, problems) => {
    expect(await problemsIn(`${rust}\n#[query] fn it() -> It {}`)).toEqual(problems)
  })
})
