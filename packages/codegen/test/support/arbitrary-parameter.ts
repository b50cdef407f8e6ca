import fc from 'fast-check'
import { isObject, toObject } from './forge-server-model.ts'

/** A type of a parameter, in Rust and in TypeScript. */
export interface Parameter {
  rust: string
  /** The types that it needs. */
  declares: string[]
  /**
   * A value as programs have it, by either naming of members, and as Rust has it once it has been
   * read.
   */
  value: fc.Arbitrary<{ camel: unknown; wire: unknown; rust: unknown }>
  /** Reads JSON as serde does; throws where serde fails. */
  read(json: unknown): unknown
  mayBeNull: boolean
}

type Value = { camel: unknown; wire: unknown; rust: unknown }
type Read = Parameter['read']

const same = (value: unknown): Value => ({ camel: value, wire: value, rust: value })
const fails = (json: unknown): never => {
  throw new TypeError(`invalid type: ${JSON.stringify(json)}`)
}
const ofType =
  (type: string): Read =>
  (json) =>
    typeof json === type ? json : fails(json)

function leaf(
  rust: string,
  value: fc.Arbitrary<unknown>,
  read: Read,
  declares: string[] = [],
): Parameter {
  return { rust, declares, value: value.map(same), read, mayBeNull: false }
}

const text = fc.constantFrom('', 'args', 'csv', 'input')
const small = fc.integer({ min: 0, max: 3 })
const leaves = [
  leaf('String', text, ofType('string')),
  leaf('i32', small, ofType('number')),
  leaf('bool', fc.boolean(), ofType('boolean')),
  leaf('Id', text, ofType('string'), ['type Id = Uuid;']),
  leaf('Email', text, ofType('string'), [
    '#[derive(Serialize, Deserialize)] struct Email(String);',
  ]),
  leaf('Format', fc.constantFrom('Args', 'Input'), ofType('string'), [
    '#[derive(Serialize, Deserialize)] enum Format { Args, Input }',
  ]),
  leaf('(i32, i32)', fc.tuple(small, small), (json) => (Array.isArray(json) ? json : fails(json))),
]

/** A struct, from the names of its members on the wire and in camelCase, and what is in them. */
function struct(name: string, members: [wire: string, camel: string, of: Parameter][]): Parameter {
  const fields = members.map(([wire, , { rust }]) => `r#${wire}: ${rust}`).join(', ')
  return {
    rust: name,
    declares: [
      ...members.flatMap(([, , { declares }]) => declares),
      `#[derive(Serialize, Deserialize)] struct ${name} { ${fields} }`,
    ],
    value: fc.tuple(...members.map(([, , { value }]) => value)).map((values) => ({
      camel: objectOf(members.map(([, camel], at) => [camel, values[at]?.camel])),
      wire: objectOf(members.map(([wire], at) => [wire, values[at]?.wire])),
      rust: objectOf(members.map(([wire], at) => [wire, values[at]?.rust])),
    })),
    read(json) {
      const object = toObject(json)
      return objectOf(members.map(([wire, , { read }]) => [wire, read(object[wire] ?? null)]))
    },
    mayBeNull: false,
  }
}

/** Leaves out missing members. */
function objectOf(entries: [name: string, value: unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function option(of: Parameter, alias?: string): Parameter {
  const rust = `Option<${of.rust}>`
  const missing: Value = { camel: undefined, wire: undefined, rust: null }
  return {
    rust: alias ?? rust,
    declares: [...of.declares, ...(alias ? [`type ${alias} = ${rust};`] : [])],
    value: fc.oneof(of.value, fc.constant(missing), fc.constant(same(null))),
    read: (json) => (json === null ? null : of.read(json)),
    mayBeNull: true,
  }
}

function list(of: Parameter): Parameter {
  const present = of.value.filter(({ camel }) => camel !== undefined)
  return {
    ...of,
    rust: `Vec<${of.rust}>`,
    value: fc.array(present, { maxLength: 2 }).map((values) => ({
      camel: values.map(({ camel }) => camel),
      wire: values.map(({ wire }) => wire),
      rust: values.map(({ rust }) => rust),
    })),
    read: (json) => (Array.isArray(json) ? json.map(of.read) : fails(json)),
    mayBeNull: false,
  }
}

const entries = fc.dictionary(fc.constantFrom('args', 'input', 'a'), small)
const readMap: Read = (json) => ({ ...toObject(json) })
const anyJson = fc.oneof(text, small, entries, fc.constant([]))
const [aText, aNumber, , anId, , aFormat] = leaves as [
  Parameter,
  Parameter,
  Parameter,
  Parameter,
  Parameter,
  Parameter,
]

const structs = [
  struct('Empty', []),
  struct('Request', [
    ['user_id', 'userId', aText],
    ['note', 'note', option(aNumber)],
  ]),
  struct('Filter', [['top_most', 'topMost', option(aNumber)]]),
  struct('Wrapped', [['input', 'input', aNumber]]),
  struct('MaybeArgs', [
    ['args', 'args', option(aText)],
    ['more', 'more', option(anId)],
  ]),
  struct('FindInput', [['user_id', 'userId', aText]]),
  struct('InputInput', [['input', 'input', option(aFormat)]]),
]

const variants: Parameter = {
  ...leaf('Choice', fc.constantFrom<unknown>('none', { args: 1 }, { other: 2 }), (json) =>
    isObject(json) ? json : ofType('string')(json),
  ),
  declares: [
    '#[derive(Serialize, Deserialize)] #[serde(rename_all = "lowercase")] enum Choice { None, Args(i32), Other(i32) }',
  ],
}

const whole = [
  ...leaves,
  ...structs,
  variants,
  leaf('HashMap<String, i32>', entries, readMap),
  leaf('IndexMap<String, i32>', entries, readMap),
  leaf('serde_json::Value', anyJson, (json) => json),
  leaf('Json', anyJson, (json) => json, ['type Json = serde_json::Value;']),
]

/**
 * Types over everything that a macro tells apart, and that a server could take for something else.
 */
export const parameter: fc.Arbitrary<Parameter> = fc.constantFrom(
  ...whole,
  ...whole.filter(({ rust }) => !/Value|Json/.test(rust)).map((of) => option(of)),
  ...whole.map(list),
  option(aNumber, 'Maybe'),
  option(structs[2] ?? aText, 'MaybeFilter'),
  option(structs[5] ?? aText, 'FoundInput'),
)
