import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSources } from '../src/files/read-sources.ts'
import { parseSources } from '../src/parse-sources.ts'

/** Whatever is read, something sensible comes out: a schema, or problems that point into the text. */
async function check(text: string): Promise<void> {
  const parsed = await parseSources([{ path: 'lib.rs', text }])
  if ('schema' in parsed) return
  expect(parsed.problems.length).toBeGreaterThan(0)
  const lines = text.split('\n')
  for (const { place, message, hint } of parsed.problems) {
    expect(place.file).toBe('lib.rs')
    expect(place.line).toBeGreaterThanOrEqual(1)
    expect(place.line).toBeLessThanOrEqual(lines.length)
    expect(place.column).toBeGreaterThanOrEqual(1)
    expect(place.column).toBeLessThanOrEqual((lines[place.line - 1] ?? '').length + 1)
    expect(message).not.toBe('')
    expect(hint).not.toBe('')
  }
}

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
const everyRule = await readFile(new URL('support/every-rule.rs', import.meta.url), 'utf8')
const sources = [...(await readSources(fixtures)).map(({ text }) => text), everyRule]

const rustWords = [
  ...'#[query] #[forge::job( #[derive(Serialize, Deserialize)] #[serde( rename_all rename tag content untagged flatten default from into with = "camelCase" "x" )] struct enum type fn mod use impl It It<T> Self self super crate :: -> => < > ( ) { } [ ] , ; : & * ! \' " \' /* */ /// // # Vec<It> Option<It> HashMap<It, Result<It, i32> [u8; 3] T::X dyn 😀 \uFEFF \\ r#"'.split(
    ' ',
  ),
  '\n',
  '\r\n',
  ' ',
]

describe('no text makes the parser fail', () => {
  it('random characters', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), check))
  })

  it('words of Rust in any order', async () => {
    const text = fc.array(fc.constantFrom(...rustWords), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, (words) => check(words.join(' '))),
      { numRuns: 300 },
    )
  })

  it('the contents of an attribute in any order', async () => {
    const text = fc.array(fc.constantFrom(...rustWords), { maxLength: 20 })
    const wrap = (words: string[]) =>
      check(
        `#[derive(Serialize)] #[serde(${words.join(' ')})] struct It { a: i32 } #[query] fn it() -> It {}`,
      )
    await fc.assert(fc.asyncProperty(text, wrap), { numRuns: 300 })
  })

  it('real sources, cut off, with a piece taken out, put in or moved', async () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...sources),
        fc.nat(),
        fc.nat(200),
        fc.nat(),
        fc.constantFrom('', ...rustWords),
      )
      .map(([text, start, length, move, insert]) => {
        const from = start % (text.length + 1)
        const piece = text.slice(from, from + length)
        const rest = text.slice(0, from) + insert + text.slice(from + length)
        const at = move % (rest.length + 1)
        return move % 3 === 0 ? text.slice(0, from) : rest.slice(0, at) + piece + rest.slice(at)
      })
    await fc.assert(fc.asyncProperty(mutated, check), { numRuns: 400 })
  })

  it('what is nested deeper than anybody writes', async () => {
    const deep = 20_000
    await check(`#[query] fn it() -> ${'Vec<'.repeat(deep)}i32${'>'.repeat(deep)} {}`)
    await check(`${'mod a {'.repeat(deep)} #[query] fn it() {} ${'}'.repeat(deep)}`)
    await check(`#[serde(${'a('.repeat(deep)}${')'.repeat(deep)})] struct It;`)
    await check('('.repeat(deep))
    await check(`#[query] fn it() { ${'('.repeat(deep)}${')'.repeat(deep)} }`)
  })
})

it('every rule of the sources that are mutated holds', async () => {
  expect(await parseSources([{ path: 'lib.rs', text: everyRule }])).toHaveProperty('schema')
})
