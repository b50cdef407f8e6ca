import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parsed } from './support/parse.ts'

/*
 * Random Rust, written together with what has to be read from it: types of every kind, in each
 * other, in structs and enums with serde's attributes, in functions.
 */

/** The same in two languages: Rust, and the notation of `support/show.ts`. */
interface Both {
  rust: string
  shown: string
}

const leaf = fc.constantFrom<Both>(
  { rust: 'String', shown: 'string' },
  { rust: "&'static str", shown: 'string' },
  { rust: 'uuid::Uuid', shown: 'string' },
  { rust: 'i64', shown: 'number' },
  { rust: 'f32', shown: 'number' },
  { rust: 'bool', shown: 'boolean' },
  { rust: 'serde_json::Value', shown: 'unknown' },
  { rust: 'DateTime<Utc>', shown: 'string' },
  { rust: 'Leaf', shown: 'Leaf' },
  { rust: 'crate::Leaf', shown: 'Leaf' },
)

const { type } = fc.letrec<{ type: Both }>((tie) => {
  const inner = tie('type')
  const wrap = (rust: string, shown: (of: string) => string) =>
    inner.map((of) => ({ rust: rust.replace('…', of.rust), shown: shown(of.shown) }))
  const plain = inner.filter(({ shown }) => !shown.endsWith(' | null'))
  return {
    type: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      wrap('Box<…>', (of) => of),
      wrap("Cow<'a, …>", (of) => of),
      wrap("&'a …", (of) => of),
      wrap('Wrap<…>', (of) => `Wrap<${of}>`),
      wrap('HashMap<String, …>', (of) => `{string → ${of}}`),
      wrap('Vec<…>', (of) => (of.endsWith(' | null') ? `(${of})[]` : `${of}[]`)),
      wrap('[…; 2]', (of) => `[${of}, ${of}]`),
      plain.map(({ rust, shown }) => ({ rust: `Option<${rust}>`, shown: `${shown} | null` })),
      fc.tuple(inner, inner).map(([a, b]) => ({
        rust: `(${a.rust}, ${b.rust})`,
        shown: `[${a.shown}, ${b.shown}]`,
      })),
    ),
  }
})

const words = ['id', 'user', 'at', 'row', 'type', 'count']
const name = fc
  .shuffledSubarray(words, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('_'))
const camel = (snake: string) =>
  snake.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const field = fc
  .record({ name, type, attribute: fc.constantFrom('', 'default', 'rename', 'skip') })
  .map(({ name, type, attribute }) => {
    const isOption = type.shown.endsWith(' | null') || attribute === 'default'
    const serde = attribute === 'rename' ? `rename = "x-${name}"` : attribute
    const wire = attribute === 'rename' ? `x-${name}` : camel(name)
    return {
      name,
      rust: `${serde === '' ? '' : `#[serde(${serde})] `}pub r#${name}: ${type.rust}`,
      shown: attribute === 'skip' ? null : `${wire}${isOption ? '?' : ''}: ${type.shown}`,
    }
  })

const fields = fc
  .uniqueArray(field, { selector: ({ name }) => name, maxLength: 5 })
  .map((list): Both => {
    const shown = list.flatMap((each) => each.shown ?? [])
    return {
      rust: list.map(({ rust }) => rust).join(', '),
      shown: shown.length === 0 ? '{}' : `{ ${shown.join('; ')} }`,
    }
  })

it('what is written in Rust is what is read', async () => {
  await fc.assert(
    fc.asyncProperty(fields, fields, type, type, async (struct, variant, value, output) => {
      const rust = `
        #[derive(Serialize, Deserialize)] pub struct Leaf(String);
        #[derive(Serialize, Deserialize)] pub struct Wrap<T> { inner: T }
        #[forge::model] #[serde(rename_all = "camelCase")]
        pub struct Row<'a> { ${struct.rust} }
        #[derive(Serialize, Deserialize)] #[serde(rename_all_fields = "camelCase")]
        enum Choice<'a> { Unit, Value(${value.rust}), Object { ${variant.rust.replaceAll('pub ', '')} } }
        #[forge::query]
        async fn ask<'a>(ctx: &QueryContext, choice: Choice<'a>, leaf: Wrap<Leaf>) -> Result<${output.rust}> {}
      `
      expect(await parsed(rust)).toEqual([
        `query ask({ choice: Choice; leaf: Wrap<Leaf> }) → ${output.shown}`,
        `Choice = 'Unit' | 'Value'(${value.shown}) | 'Object' ${variant.shown}`,
        'Leaf = string',
        `Row ${struct.shown}`,
        'Wrap<T> { inner: T }',
      ])
    }),
    { numRuns: 200 },
  )
})
