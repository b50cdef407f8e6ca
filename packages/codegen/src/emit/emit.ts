import { type GeneratedFile, marker } from '../generated-file.ts'
import { compareNames } from '../names.ts'
import type { Problem } from '../problem.ts'
import type { Schema } from '../schema.ts'
import { findProblems } from './check/find-problems.ts'
import { convertDeclarations } from './convert/convert-file.ts'
import { findChanges } from './model/changes.ts'
import { createModel } from './model/model.ts'
import { toTypeName } from './model/naming.ts'
import type { EmitOptions, Target } from './options.ts'
import { type Doc, hardline } from './print/doc.ts'
import { createImports } from './print/imports.ts'
import { join } from './print/layouts.ts'
import { print } from './print/print.ts'
import { apiFile } from './targets/api-file.ts'
import { core } from './targets/core.ts'
import { react, vue } from './targets/react-and-vue.ts'
import { svelte } from './targets/svelte.ts'
import type { ApiTarget, WrittenFile } from './targets/target.ts'
import { toFunctions } from './types/emitted-function.ts'
import { typesDeclarations } from './types/type-declaration.ts'

const targets: Record<Target, ApiTarget> = { core, react, svelte, vue }

/**
 * Generates the files for a schema, sorted by path, or says why it cannot. Pure: equal schemas give
 * equal bytes.
 */
export function emit(
  schema: Schema,
  options: EmitOptions,
): { files: GeneratedFile[] } | { problems: Problem[] } {
  const target = targets[options.target]
  const model = createModel(schema, options.case)
  const changes = findChanges(model)
  const functions = toFunctions(model, changes)
  const taken = new Set([
    ...model.types.map(({ name }) => toTypeName(name)),
    ...functions.flatMap((fn) => target.exportsOf(fn)),
  ])
  // Node itself finds a module only by its whole name.
  const end = options.target === 'core' ? '.js' : ''
  const modules = { api: `./api${end}`, convert: `./convert${end}`, types: `./types${end}` }

  const converting = createImports(taken)
  const converted = convertDeclarations({ model, changes, imports: converting, modules }, functions)
  const problems = [...findProblems(model, functions, target.exportsOf), ...converted.problems]
  if (problems.length > 0) return { problems }

  const imports = createImports(taken)
  const api = apiFile({ model, imports, modules })
  const declarations = functions.flatMap((fn) => target.declarations(api, fn))
  const beside = target.beside?.({ model, modules, taken }, functions)
  const types = [
    ...typesDeclarations(model, functions),
    ...(beside && beside.types.length > 0 ? [join(hardline, beside.types)] : []),
  ]
  const reexports: Doc[] = [
    ...(beside?.index.packages ?? []),
    `export * from '${modules.api}'`,
    ...(beside?.index.files ?? []),
    ...(types.length > 0 ? [`export type * from '${modules.types}'`] : []),
  ]
  const files: WrittenFile[] = [
    {
      path: 'api.ts',
      imports: imports.toDoc(),
      declarations: declarations.length > 0 ? declarations : ['export {}'],
    },
    { path: 'convert.ts', imports: converting.toDoc(), declarations: converted.declarations },
    { path: 'index.ts', imports: [], declarations: [join(hardline, reexports)] },
    { path: 'types.ts', imports: [], declarations: types },
    ...(beside?.files ?? []),
  ]
  return {
    files: files
      .filter(({ declarations }) => declarations.length > 0)
      .map((file) => ({ path: file.path, text: toText(file) }))
      .toSorted((a, b) => compareNames(a.path, b.path)),
  }
}

function toText({ imports, declarations }: WrittenFile): string {
  const head = imports.length > 0 ? [imports, hardline] : ''
  return print([marker, hardline, head, join([hardline, hardline], declarations), hardline])
}
