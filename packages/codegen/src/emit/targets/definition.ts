import type { Doc } from '../print/doc.ts'
import { comment, list } from '../print/layouts.ts'
import { quote } from '../print/literals.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import type { ApiFile } from './target.ts'

/** The type of a definition and the function that makes it. */
const definitions = {
  query: ['QueryDefinition', 'defineQuery'],
  mutation: ['MutationDefinition', 'defineMutation'],
  job: ['JobDefinition', 'defineJob'],
  workflow: ['WorkflowDefinition', 'defineWorkflow'],
} as const

/** The arguments and the output of a function, as type arguments. */
export function typesOf(file: ApiFile, fn: EmittedFunction): Doc {
  return typeArgs([shownArgs(file, fn), outputDoc(file.types, fn)])
}

/** The type of a function's arguments; `NoArgs` without arguments. */
function shownArgs({ imports, types }: ApiFile, fn: EmittedFunction): Doc {
  return fn.args ? argsDoc(types, fn) : imports.type('@headway/core', 'NoArgs')
}

/** The exported definition of a function. A bundler drops the ones that a page does not use. */
export function definition(file: ApiFile, fn: EmittedFunction): Doc {
  return [comment(fn.schema.docs), 'export ', definitionAs(file, fn, fn.variable)]
}

/** The definition under another name, private to its file. */
export function definitionAs(file: ApiFile, fn: EmittedFunction, name: string): Doc {
  const { imports } = file
  const { kind, wireName } = fn.schema
  const [typeName, defineName] = definitions[kind]
  const type = imports.type('@headway/core', typeName)
  const defined: Doc = [
    imports.value('@headway/core', defineName),
    list('(', [quote(wireName)], ')'),
  ]
  const codec = importCodec(file, fn)
  const made: Doc =
    codec === null
      ? defined
      : [imports.value('@headway/core', 'withCodec'), list('(', [defined, codec], ')')]
  return [`const ${name}: ${type}`, typesOf(file, fn), ' = ', made]
}

/** Imports a function's codec, and names it; `null` when nothing has to be converted. */
export function importCodec(file: ApiFile, fn: EmittedFunction): string | null {
  const name = codecName(fn)
  return name === null ? null : file.imports.value(file.convertModule, name)
}
