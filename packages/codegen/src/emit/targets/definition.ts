import { holdsFile } from '../model/holds-file.ts'
import type { Doc } from '../print/doc.ts'
import { comment, list } from '../print/layouts.ts'
import { quote } from '../print/literals.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import { assignment } from './assignment.ts'
import type { ApiFile } from './target.ts'

const core = '@headway/core'

/** Biome gives an argument up to this length no line of its own: a quarter of its columns. */
const longestShortArgument = 25

/** The function that makes a definition of each kind, and the type of that definition. */
const kinds = {
  query: { define: 'defineQuery', type: 'QueryDefinition' },
  mutation: { define: 'defineMutation', type: 'MutationDefinition' },
  job: { define: 'defineJob', type: 'JobDefinition' },
  workflow: { define: 'defineWorkflow', type: 'WorkflowDefinition' },
}

/** The arguments and the output of a function, as type arguments. */
export function typesOf(file: ApiFile, fn: EmittedFunction): Doc {
  return typeArgs(typeArgsOf(file, fn))
}

function typeArgsOf(file: ApiFile, fn: EmittedFunction): [Doc, Doc] {
  return [shownArgs(file, fn), outputDoc(file.types, fn)]
}

/** The type of a function's arguments; `NoArgs` without arguments. */
function shownArgs({ imports, types }: ApiFile, fn: EmittedFunction): Doc {
  return fn.args ? argsDoc(types, fn) : imports.type('@headway/core', 'NoArgs')
}

/** The exported definition of a function. */
export function definition(file: ApiFile, fn: EmittedFunction): Doc {
  return [comment(fn.schema.docs), 'export ', definitionAs(file, fn, fn.variable)]
}

/** The definition under another name, private to its file. */
export function definitionAs(file: ApiFile, fn: EmittedFunction, name: string): Doc {
  const { imports } = file
  const type = imports.type(core, kinds[fn.schema.kind].type)
  const wireName = quote(fn.schema.wireName)
  const bare = pureCall(imports.value(core, kinds[fn.schema.kind].define), [wireName])
  const defined = needsFiles(file, fn) ? pureCall(imports.value(core, 'withFiles'), [bare]) : bare
  const codec = importCodec(file, fn)
  return assignment({
    name,
    type,
    typeArgs: typeArgsOf(file, fn),
    value: codec === null ? defined : pureCall(imports.value(core, 'withCodec'), [defined, codec]),
    isShortCall: codec === null && defined === bare && wireName.length <= longestShortArgument,
  })
}

/** A mutation sends files by itself; a start with files brings along the code that sends them. */
function needsFiles({ types }: ApiFile, { schema, args }: EmittedFunction): boolean {
  return schema.kind !== 'mutation' && args !== null && holdsFile(types.model, args)
}

/** A call that a bundler drops when its result is not used. */
function pureCall(callee: string, args: readonly Doc[]): Doc {
  return [`/* @__PURE__ */ ${callee}`, list('(', args, ')')]
}

/** Imports a function's codec, and names it; `null` when nothing has to be converted. */
export function importCodec(file: ApiFile, fn: EmittedFunction): string | null {
  const name = codecName(fn)
  return name === null ? null : file.imports.value(file.convertModule, name)
}
