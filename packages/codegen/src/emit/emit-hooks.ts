import { type ApiFile, type ApiTarget, definition, exportedArrow, typesOf } from './emit-api.ts'
import { argsDoc, type EmittedFunction, outputDoc } from './functions.ts'
import type { Doc } from './printer.ts'
import { typeArgs } from './type-text.ts'

/** React: `useExportUsers(options)`, `useGetUser(args, options)`; and definitions, for `useJob(exportUsers, …)`. */
export const react: ApiTarget = hooks('@headway/react', (_file, args) => args)

/** Vue: the same; what a query takes may be a ref or a getter. */
export const vue: ApiTarget = hooks('@headway/vue', ({ imports }, args) => [
  imports.type('vue', 'MaybeRefOrGetter'),
  typeArgs([args]),
])

const hookNames = {
  query: 'useQuery',
  mutation: 'useMutation',
  job: 'useJob',
  workflow: 'useWorkflow',
}

function hooks(adapter: string, watched: (file: ApiFile, args: Doc) => Doc): ApiTarget {
  return {
    exportsOf: ({ variable, pascal }) => [variable, `use${pascal}`],
    declarations: (file, fn) => [definition(file, fn), hook(file, fn)],
  }

  function hook(file: ApiFile, fn: EmittedFunction): Doc {
    const { imports, types } = file
    const { kind } = fn.schema
    const use = imports.value(adapter, hookNames[kind])
    const used = imports.type(adapter, hookNames[kind].replace('use', 'Used'))
    const named = (params: readonly Doc[], returns: Doc, call: string): Doc =>
      exportedArrow(fn, `use${fn.pascal}`, params, returns, `${use}(${call})`)
    if (kind === 'mutation') return named([], [used, typesOf(file, fn)], fn.variable)
    const optionsName = imports.type(adapter, hookNames[kind].replace(/^u(.*)$/, 'U$1Options'))
    if (kind === 'query') {
      const args = fn.args ? [['args: ', watched(file, argsDoc(types, fn))]] : []
      const call = `${fn.variable}, ${fn.args ? 'args' : 'null'}, options`
      const returns = [used, typeArgs([outputDoc(types, fn)])]
      return named([...args, `options?: ${optionsName}`], returns, call)
    }
    const options = ['options?: ', optionsName, typesOf(file, fn)]
    return named([options], [used, typesOf(file, fn)], `${fn.variable}, options`)
  }
}
