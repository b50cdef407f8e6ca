import { expect, it } from 'vitest'
import { emit } from '../../src/emit/emit.ts'
import { parse } from '../support/parse.ts'

const both = '#[derive(Serialize, Deserialize)]'
const inside = `${both} struct Big { at: i128 } ${both} struct ById { by: BTreeMap<Id, i32> } type Id = i32;`

/** The problems of a type that a job takes or returns. */
async function problemsOf(rust: string, fn: string): Promise<string[]> {
  const emitted = emit(await parse(`${inside} ${rust} #[job] ${fn}`), {
    target: 'core',
    case: 'wire',
  })
  return 'problems' in emitted ? emitted.problems.map(({ message }) => message) : []
}

const takes = (type: string): string => `fn it(ctx: &JobContext, it: ${type}) {}`
const wide =
  'This holds a number of 128 bits, which serde cannot read in a flattened field, in an untagged enum or behind a tag'
const numbers =
  'This holds a map whose keys are numbers, which serde cannot read in a flattened field, in an untagged enum or behind a tag'
const booleans = numbers.replace('are numbers', 'are booleans')

it.each<[rust: string, type: string, problem: string]>([
  [`${both} #[serde(untagged)] enum It { A(i128), B(String) }`, 'It', wide],
  [`${both} #[serde(untagged)] enum It { A(Vec<Big>), B(String) }`, 'Vec<It>', wide],
  [`${both} #[serde(tag = "t")] enum It { A { at: Option<u128> }, B }`, 'It', wide],
  [`${both} #[serde(tag = "t", content = "c")] enum It { A(ById), B }`, 'It', numbers],
  [`${both} struct It { name: String, #[serde(flatten)] big: Big }`, 'It', wide],
  [`${both} struct It<T> { a: i32, #[serde(flatten)] of: T }`, 'It<ById>', numbers],
  [`${both} struct It { #[serde(flatten)] by: HashMap<bool, i32> }`, 'It', booleans],
])('a server could not read %s', async (rust, type, problem) => {
  expect(await problemsOf(rust, takes(type))).toEqual([problem])
})

it.each<[rust: string, fn: string]>([
  [`${both} enum It { A(i128), B(ById) }`, takes('It')],
  [`${both} #[serde(tag = "c", content = "t")] enum It { A(i128), B(ById) }`, takes('It')],
  [`${both} #[serde(untagged)] enum It { A(i64), B(HashMap<char, i32>) }`, takes('It')],
  [`${both} struct It { #[serde(flatten, skip_deserializing)] big: Big }`, takes('It')],
  [
    `${both} #[serde(untagged)] enum It { A(i128), B(ById) } ${both} struct AllArgs {}`,
    'fn it(ctx: &JobContext, all: AllArgs) -> It {}',
  ],
])('a server reads, or only gives, %s', async (rust, fn) => {
  expect(await problemsOf(rust, fn)).toEqual([])
})
