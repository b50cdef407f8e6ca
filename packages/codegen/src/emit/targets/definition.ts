import type { Doc } from '../print/doc.ts'
import { block, comment } from '../print/layouts.ts'
import { quote } from '../print/literals.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'

import type { ApiFile } from './target.ts'

const definitionTypes = {
  query: 'QueryDefinition',
  mutation: 'MutationDefinition',
  job: 'JobDefinition',
  workflow: 'WorkflowDefinition',
}

/** The arguments and the output of a function, as type arguments. */
export function typesOf(file: ApiFile, fn: EmittedFunction): Doc {
  return typeArgs([shownArgs(file, fn), outputDoc(file.types, fn)])
}

/** The type of a function's arguments; `NoArgs` without arguments. */
function shownArgs({ imports, types }: ApiFile, fn: EmittedFunction): Doc {
  return fn.args ? argsDoc(types, fn) : imports.type('@headway/core', 'NoArgs')
}

/** The exported definition of a function: plain data, which a bundler drops when unused. */
export function definition(file: ApiFile, fn: EmittedFunction): Doc {
  return [comment(fn.schema.docs), 'export ', definitionAs(file, fn, fn.variable)]
}

/** The definition under another name, private to its file. */
export function definitionAs(file: ApiFile, fn: EmittedFunction, name: string): Doc {
  const { kind, wireName } = fn.schema
  const type = file.imports.type('@headway/core', definitionTypes[kind])
  const codec = importCodec(file, fn)
  const members: Doc[] = [`kind: '${kind}'`, `name: ${quote(wireName)}`]
  if (codec !== null) members.push(`codec: ${codec}`)
  return [`const ${name}: ${type}`, typesOf(file, fn), ' = ', block(members, ',')]
}

/** Imports a function's codec, and names it; `null` when nothing has to be converted. */
export function importCodec(file: ApiFile, fn: EmittedFunction): string | null {
  const name = codecName(fn)
  return name === null ? null : file.imports.value(file.convertModule, name)
}
