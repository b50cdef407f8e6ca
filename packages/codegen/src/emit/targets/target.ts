import { type Model, typeName } from '../model/model.ts'
import type { Imports } from '../print/imports.ts'
import {
  block,
  comment,
  type Doc,
  group,
  indent,
  line,
  quote,
  signature,
} from '../print/printer.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { type TypeWriter, typeArgs } from '../types/type-doc.ts'

/** A file with functions that is being written. */
export interface ApiFile {
  imports: Imports
  types: TypeWriter
  /** The file with the codecs. */
  convertModule: string
}

/** What a target writes for a function, and the names that are exported by it. */
export interface ApiTarget {
  exportsOf(fn: EmittedFunction): string[]
  declarations(file: ApiFile, fn: EmittedFunction): Doc[]
  /** What it writes beside the functions. */
  beside?(file: BesideFile, functions: readonly EmittedFunction[]): Beside
}

/** What other files are written from. */
export interface BesideFile {
  model: Model
  /** How the generated files import each other. */
  modules: { api: string; convert: string; types: string }
  /** The names that the app's own functions and types have. */
  taken: ReadonlySet<string>
}

/** A file as it is written. */
export interface WrittenFile {
  path: string
  imports: readonly Doc[]
  declarations: readonly Doc[]
}

/** Files beside the functions, and what `index.ts` and `types.ts` export for them. */
export interface Beside {
  files: WrittenFile[]
  index: { packages: Doc[]; files: Doc[] }
  types: Doc[]
}

/** A file with functions, before anything is in it. */
export function apiFile(file: {
  model: Model
  imports: Imports
  modules: { convert: string; types: string }
}): ApiFile {
  const { model, imports, modules } = file
  const nameOf = (name: string): string => imports.type(modules.types, typeName(name))
  const types: TypeWriter = { model, nameOf, paramOf: (name) => name }
  return { imports, types, convertModule: modules.convert }
}

const definitionTypes = {
  query: 'QueryDefinition',
  mutation: 'MutationDefinition',
  job: 'JobDefinition',
  workflow: 'WorkflowDefinition',
}

/** What a function takes and gives, as the arguments of a generic type. */
export function typesOf(file: ApiFile, fn: EmittedFunction): Doc {
  return typeArgs([shownArgs(file, fn), outputDoc(file.types, fn)])
}

/** What a function takes: of one that takes nothing, what may be given all the same. */
function shownArgs({ imports, types }: ApiFile, fn: EmittedFunction): Doc {
  return fn.args ? argsDoc(types, fn) : imports.type('@headway/core', 'NoArgs')
}

/** The definition of a function: plain data, so that a bundler drops it when nobody uses it. */
export function definition(file: ApiFile, fn: EmittedFunction): Doc {
  return [comment(fn.schema.docs), 'export ', definitionAs(file, fn, fn.variable)]
}

/** The same under another name, for the file that it is in. */
export function definitionAs(file: ApiFile, fn: EmittedFunction, name: string): Doc {
  const { kind, wireName } = fn.schema
  const type = file.imports.type('@headway/core', definitionTypes[kind])
  const codec = importCodec(file, fn)
  const members: Doc[] = [`kind: '${kind}'`, `name: ${quote(wireName)}`]
  if (codec !== null) members.push(`codec: ${codec}`)
  return [`const ${name}: ${type}`, typesOf(file, fn), ' = ', block(members, ',')]
}

/** What converts for a function, imported; `null` when nothing has to be converted. */
export function importCodec(file: ApiFile, fn: EmittedFunction): string | null {
  const name = codecName(fn)
  return name === null ? null : file.imports.value(file.convertModule, name)
}

/** A function that is one expression, exported with its doc comment. */
export function exportedArrow(
  { schema }: EmittedFunction,
  name: string,
  params: readonly Doc[],
  returns: Doc,
  body: Doc,
): Doc {
  return [
    comment(schema.docs),
    `export const ${name} = `,
    signature(params, returns),
    ' =>',
    group(indent(line, body)),
  ]
}
