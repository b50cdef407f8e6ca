import { marker } from '../marker.ts'
import type { Problem, Schema } from '../schema.ts'
import { findChanges } from './changes.ts'
import { findProblems } from './check.ts'
import type { ApiTarget } from './emit-api.ts'
import { convertDeclarations } from './emit-convert.ts'
import { core } from './emit-core.ts'
import { react, vue } from './emit-hooks.ts'
import { svelte } from './emit-svelte.ts'
import { argsDeclarations, typeDeclarations } from './emit-types.ts'
import { toFunctions } from './functions.ts'
import { createImports } from './imports.ts'
import { compare, createModel, typeName } from './model.ts'
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
  const problems = findProblems(model, functions, target)

  // Without a bundler, as in Node, a file is imported by its whole name.
  const moduleOf = (name: string): string => `./${name}${options.target === 'core' ? '.js' : ''}`
  const taken = new Set([
    ...model.types.map(({ name }) => typeName(name)),
    ...functions.flatMap((fn) => target.exportsOf(fn)),
  ])
  const files: EmittedFile[] = []
  const add = (name: string, imports: Doc, declarations: readonly Doc[]): void => {
    if (declarations.length > 0)
      files.push({ path: `${name}.ts`, text: toText(imports, declarations) })
  }

  const types = [...typeDeclarations(model), ...argsDeclarations(model, functions)]
  add(
    'types',
    '',
    types.toSorted(([a], [b]) => compare(a, b)).map(([, doc]) => doc),
  )

  const converting = createImports(taken)
  const typesModule = moduleOf('types')
  const converters = { model, changes, imports: converting, typesModule }
  const converted = convertDeclarations(converters, functions)
  problems.push(...converted.problems)
  if (problems.length > 0) return { problems }
  add('convert', converting.toDoc(), converted.declarations)

  const imports = createImports(taken)
  const nameOf = (name: string): string => imports.type(typesModule, typeName(name))
  const api = {
    imports,
    types: { model, nameOf, paramOf: (name: string) => name },
    convertModule: moduleOf('convert'),
  }
  const declarations = functions.flatMap((fn) => target.declarations(api, fn))
  add('api', imports.toDoc(), declarations.length > 0 ? declarations : ['export {}'])
  const reexports = [`export * from '${moduleOf('api')}'`]
  if (types.length > 0) reexports.push(`export type * from '${moduleOf('types')}'`)
  add('index', '', [join(hardline, reexports)])
  return { files: files.toSorted((a, b) => compare(a.path, b.path)) }
}

function toText(imports: Doc, declarations: readonly Doc[]): string {
  const head: Doc = Array.isArray(imports) && imports.length > 0 ? [imports, hardline] : ''
  return print([marker, hardline, head, join([hardline, hardline], declarations), hardline])
}
