import type { Doc } from '../print/doc.ts'
import { argsDoc, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import { exportedArrow } from './api-file.ts'
import { typesOf } from './definition.ts'
import type { ApiFile } from './target.ts'

const adapter = '@headway/svelte/forge'

/** `getUser$(args)` and `createUser$()`: live queries and mutations as runes. */
export function reactiveDeclarations(
  file: ApiFile,
  apiModule: string,
  functions: readonly EmittedFunction[],
): Doc[] {
  return functions.flatMap((fn) => {
    const { kind } = fn.schema
    if (kind === 'query') return [query(file, apiModule, fn)]
    return kind === 'mutation' ? [mutation(file, apiModule, fn)] : []
  })
}

/** The name of a query or a mutation as runes. */
export function reactiveName({ name }: EmittedFunction): string {
  return `${name}$`
}

function query({ imports, types }: ApiFile, apiModule: string, fn: EmittedFunction): Doc {
  const store = imports.value(apiModule, `${fn.name}Store$`)
  return exportedArrow(
    fn,
    reactiveName(fn),
    fn.args ? [['args: ', argsDoc(types, fn)]] : [],
    [imports.type(adapter, 'ReactiveQuery'), typeArgs([outputDoc(types, fn)])],
    `${imports.value(adapter, 'toReactive')}(${store}(${fn.args ? 'args' : ''}))`,
  )
}

function mutation(file: ApiFile, apiModule: string, fn: EmittedFunction): Doc {
  const { imports } = file
  const call = imports.value(apiModule, fn.variable)
  return exportedArrow(
    fn,
    reactiveName(fn),
    [],
    [imports.type(adapter, 'ReactiveMutation'), typesOf(file, fn)],
    `${imports.value(adapter, 'toReactiveMutation')}(${call})`,
  )
}
