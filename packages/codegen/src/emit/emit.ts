import { marker } from '../marker.ts'
import type { Problem, Schema } from '../schema.ts'
import { findChanges } from './changes.ts'
import { findProblems } from './check.ts'
import { type ApiTarget, apiDeclarations } from './emit-api.ts'
import { convertDeclarations } from './emit-convert.ts'
import { core } from './emit-core.ts'
import { react, vue } from './emit-hooks.ts'
import { svelte } from './emit-svelte.ts'
import { typesDeclarations } from './emit-types.ts'
import { toFunctions } from './functions.ts'
import { createImports } from './imports.ts'
import { createModel, typeName } from './model.ts'
import type { EmitOptions, EmittedFile, Target } from './options.ts'
import { type Doc, hardline, join, print } from './printer.ts'

export type { EmitOptions, EmittedFile, Target } from './options.ts'

const targets: Record<Target, ApiTarget> = { core, react, svelte, vue }

/** What is written for a schema, sorted by path, or why nothing can be. Pure: equal schemas, equal bytes. */
export function emit(
  schema: Schema,
  options: EmitOptions,
): { files: EmittedFile[] } | { problems: Problem[] } {
  const target = targets[options.target]
  const model = createModel(schema, options)
  const changes = findChanges(model)
  const functions = toFunctions(model, changes)
  const taken = new Set([
    ...model.types.map(({ name }) => typeName(name)),
    ...functions.flatMap((fn) => target.exportsOf(fn)),
  ])
  // Without a bundler, as in Node, a file is imported by its whole name.
  const end = options.target === 'core' ? '.js' : ''
  const modules = { api: `./api${end}`, convert: `./convert${end}`, types: `./types${end}` }

  const converting = createImports(taken)
  const converted = convertDeclarations({ model, changes, imports: converting, modules }, functions)
  const problems = [...findProblems(model, functions, target), ...converted.problems]
  if (problems.length > 0) return { problems }

  const imports = createImports(taken)
  const api = apiDeclarations({ model, imports, modules }, target, functions)
  const types = typesDeclarations(model, functions)
  const reexports = [
    `export * from '${modules.api}'`,
    ...(types.length > 0 ? [`export type * from '${modules.types}'`] : []),
  ]
  const files = [
    { path: 'api.ts', text: toText(imports.toDoc(), api.length > 0 ? api : ['export {}']) },
    { path: 'convert.ts', text: toText(converting.toDoc(), converted.declarations) },
    { path: 'index.ts', text: toText([], [join(hardline, reexports)]) },
    { path: 'types.ts', text: toText([], types) },
  ]
  return { files: files.filter(({ text }) => text !== '') }
}

/** The text of a file; empty when there is nothing in it. */
function toText(imports: readonly Doc[], declarations: readonly Doc[]): string {
  if (declarations.length === 0) return ''
  const head = imports.length > 0 ? [imports, hardline] : ''
  return print([marker, hardline, head, join([hardline, hardline], declarations), hardline])
}
