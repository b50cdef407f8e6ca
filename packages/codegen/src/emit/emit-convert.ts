import type { Place, Problem, TypeSchema } from '../schema.ts'
import type { Changes } from './changes.ts'
import { convertBody } from './convert-type.ts'
import {
  arrow,
  type ConvertWriter,
  convertValue,
  knownConverter,
  type Way,
} from './convert-value.ts'
import { typeDeclaration } from './emit-types.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from './functions.ts'
import type { Imports } from './imports.ts'
import { compare, type Model, typeName } from './model.ts'
import { block, type Doc, list, signature } from './printer.ts'
import type { Shape } from './shapes.ts'
import { stripOptions, type TypeWriter, typeArgs, typeDoc } from './type-text.ts'
import { received, sent } from './usage.ts'

/** The types and functions of a file that is being written. */
export interface ConvertFile {
  model: Model
  changes: Changes
  imports: Imports
  /** The file with the types. */
  typesModule: string
}

const helpers = {
  same: `/** What needs no converting, where a function is asked for. */
function same<T>(value: T): T {
  return value
}`,
  mapValues: `/** The values of a map, converted; its keys stay. */
function mapValues<T, TConverted>(
  map: { readonly [key: string]: T | undefined },
  convert: (value: T) => TConverted,
): Record<string, TConverted> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, convert(value)]],
    ),
  )
}`,
}

/** The codecs of functions, and all that they need: a doc for each declaration. */
export function convertDeclarations(
  file: ConvertFile,
  functions: readonly EmittedFunction[],
): { declarations: Doc[]; problems: Problem[] } {
  const { model, changes, imports, typesModule } = file
  const wanted = new Map<string, { type: TypeSchema; way: Way }>()
  const wantedHelpers = new Set<keyof typeof helpers>()
  const wires = new Set<string>()
  const program: TypeWriter = {
    model,
    nameOf: (name) => imports.type(typesModule, typeName(name)),
    paramOf: (name) => name,
  }
  const wire: TypeWriter = {
    model,
    wire: changes,
    paramOf: (name) => name,
    nameOf(name) {
      if (!changes.ofType(name)) return program.nameOf(name)
      wires.add(name)
      return wireName(model, name)
    },
  }
  const problems = new Map<string, Problem>()
  const writerAt = (place: Place): Omit<ConvertWriter, 'way'> => ({
    model,
    changes,
    usage: sent,
    converterOf(name, way) {
      const type = model.find(name)
      if (type) wanted.set(`${name} ${way}`, { type, way })
      return converterName(name, way)
    },
    helper(name) {
      wantedHelpers.add(name)
      return name
    },
    // Both ways say the same.
    fail: (message, hint) =>
      problems.set(JSON.stringify([place, message]), { place, message, hint }),
  })

  const codecs = functions.flatMap((fn): Doc[] => {
    const name = codecName(fn)
    return name === null
      ? []
      : [
          codecDeclaration(name, fn, {
            writer: writerAt(fn.schema.place),
            program,
            wire,
            imports,
          }),
        ]
  })
  const converters: Doc[] = []
  // A converter may want others.
  for (const { type, way } of wanted.values()) {
    converters.push(converterDeclaration({ ...writerAt(type.place), way }, type, { program, wire }))
  }
  const sorted = [...wanted.keys()].map((name, at) => [name, converters[at] ?? ''] as const)
  const interfaces: Doc[] = []
  for (const name of wires) {
    const type = model.find(name)
    if (!type) continue
    const usage = model.usageOf(name)
    const bare = withoutDocs(type)
    interfaces.push(typeDeclaration(wire, bare, wireName(model, name), usage))
  }
  const sortedWires = [...wires].map((name, at) => [name, interfaces[at] ?? ''] as const)
  const declarations = [
    ...codecs,
    ...sortedWires.toSorted(byName).map(([, doc]) => doc),
    ...sorted.toSorted(byName).map(([, doc]) => doc),
    ...[...wantedHelpers].toSorted(compare).map((name) => helpers[name]),
  ]
  return { declarations, problems: [...problems.values()] }
}

interface Writers {
  program: TypeWriter
  wire: TypeWriter
}

function codecDeclaration(
  name: string,
  fn: EmittedFunction,
  {
    writer,
    program,
    wire,
    imports,
  }: Writers & {
    writer: Omit<ConvertWriter, 'way'>
    imports: Imports
  },
): Doc {
  const { args, schema, converts } = fn
  const members: Doc[] = []
  if (converts.args && args) {
    const toWire = { ...writer, way: 'toWire' } as const
    members.push(['toWire: ', codecFunction(toWire, args, 'args', program)])
  }
  if (converts.output) {
    const fromWire = { ...writer, way: 'fromWire', usage: received } as const
    members.push(['fromWire: ', codecFunction(fromWire, schema.output, 'output', wire)])
  }
  const codec = imports.type('@headway/core', 'Codec')
  const types = typeArgs([argsDoc(program, fn), outputDoc(program, fn)])
  return [`export const ${name}: ${codec}`, types, ' = ', block(members, ',')]
}

/** What a codec is given is never `null`. */
function codecFunction(writer: ConvertWriter, shape: Shape, name: string, types: TypeWriter): Doc {
  const of = stripOptions(shape)
  const known = knownConverter(writer, of)
  if (known) return known
  const param =
    of.kind === 'object' ? `(${name})` : list('(', [[`${name}: `, typeDoc(types, of)]], ')')
  return arrow(param, convertValue(writer, of, name), of)
}

function converterDeclaration(
  writer: ConvertWriter,
  type: TypeSchema,
  { program, wire }: Writers,
): Doc {
  const { way, model } = writer
  const usage = model.usageOf(type.name)
  const inGeneric = {
    ...writer,
    usage,
    ...(type.params.length > 0 && {
      paramConverter: (name: string) => converterName(name, way),
    }),
  }
  const params = type.params.flatMap((param) => [param, `${param}Wire`])
  const args = (to: 'program' | 'wire'): Doc =>
    typeArgs(type.params.map((param) => (to === 'wire' ? `${param}Wire` : param)))
  const programType: Doc = [program.nameOf(type.name), args('program')]
  const wireType: Doc = [wire.nameOf(type.name), args('wire')]
  const value = way === 'fromWire' ? 'wire' : 'value'
  const [from, to] = way === 'fromWire' ? [wireType, programType] : [programType, wireType]
  const converters = type.params.map((param) =>
    way === 'fromWire'
      ? `${converterName(param, way)}: (wire: ${param}Wire) => ${param}`
      : `${converterName(param, way)}: (value: ${param}) => ${param}Wire`,
  )
  return [
    `function ${converterName(type.name, way)}`,
    typeArgs(params),
    signature([[`${value}: `, from], ...converters], to),
    ' ',
    block(convertBody(inGeneric, type, value)),
  ]
}

/** `userFromWire`, `userToWire` */
function converterName(name: string, way: Way): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${way === 'fromWire' ? 'FromWire' : 'ToWire'}`
}

/** What a type is called as it is on the wire. */
function wireName(model: Model, name: string): string {
  return model.find(`${name}Wire`) ? `${name}Wire_` : `${name}Wire`
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compare(a, b)
}

/** Docs are read where the program's types are. */
function withoutDocs(type: TypeSchema): TypeSchema {
  const docs: string[] = []
  if (type.form === 'alias') return { ...type, docs }
  if (type.form === 'object') {
    return { ...type, docs, fields: type.fields.map((field) => ({ ...field, docs })) }
  }
  const variants = type.variants.map((variant) => {
    const { shape } = variant
    if (shape.form !== 'object') return { ...variant, docs }
    const fields = shape.fields.map((field) => ({ ...field, docs }))
    return { ...variant, docs, shape: { ...shape, fields } }
  })
  return { ...type, docs, variants }
}
