import type { Model } from '../model/model.ts'
import { toTypeName } from '../model/naming.ts'
import { type Doc, group, indent, line } from '../print/doc.ts'
import type { Imports } from '../print/imports.ts'
import { comment, signature } from '../print/layouts.ts'
import type { EmittedFunction } from '../types/emitted-function.ts'
import type { TypeWriter } from '../types/type-doc.ts'
import type { ApiFile } from './target.ts'

/** Creates an empty `api.ts`, or a file like it. */
export function apiFile(file: {
  model: Model
  imports: Imports
  modules: { convert: string; types: string }
}): ApiFile {
  const { model, imports, modules } = file
  const nameOf = (name: string): string => imports.type(modules.types, toTypeName(name))
  const types: TypeWriter = { model, nameOf, paramOf: (name) => name }
  return { imports, types, convertModule: modules.convert }
}

/** An exported arrow function with the doc comment of its Rust function. */
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
