import type { Doc } from '../print/doc.ts'
import { argsDoc, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import { exportedArrow } from './api-file.ts'
import { definition, typesOf } from './definition.ts'
import type { ApiFile, ApiTarget } from './target.ts'

/** React: `useExportUsers(options)`, `useGetUser(args, options)`, and definitions for `useJob`. */
export const react: ApiTarget = hooks('@headway/react', (_file, args) => args)

/** Vue: the same names; the arguments of a query may be a ref or a getter. */
export const vue: ApiTarget = hooks('@headway/vue', ({ imports }, args) => [
  imports.type('vue', 'MaybeRefOrGetter'),
  typeArgs([args]),
])

/** The hook for each kind of function, with its types. */
const hookOf = {
  query: { use: 'useQuery', used: 'UsedQuery', options: 'UseQueryOptions' },
  mutation: { use: 'useMutation', used: 'UsedMutation', options: null },
  job: { use: 'useJob', used: 'UsedJob', options: 'UseJobOptions' },
  workflow: { use: 'useWorkflow', used: 'UsedWorkflow', options: 'UseWorkflowOptions' },
}

function hooks(adapter: string, watched: (file: ApiFile, args: Doc) => Doc): ApiTarget {
  return {
    exportsOf: ({ variable, pascal }) => [variable, `use${pascal}`],
    declarations: (file, fn) => [definition(file, fn), hook(file, fn)],
  }

  function hook(file: ApiFile, fn: EmittedFunction): Doc {
    const { imports, types } = file
    const { kind } = fn.schema
    const names = hookOf[kind]
    const both = typesOf(file, fn)
    const returns = [
      imports.type(adapter, names.used),
      kind === 'query' ? typeArgs([outputDoc(types, fn)]) : both,
    ]
    const params: Doc[] = []
    const values = [fn.variable]
    if (kind === 'query') {
      if (fn.args) params.push(['args: ', watched(file, argsDoc(types, fn))])
      values.push(fn.args ? 'args' : 'null')
    }
    if (names.options !== null) {
      const options = imports.type(adapter, names.options)
      params.push(['options?: ', options, kind === 'query' ? '' : both])
      values.push('options')
    }
    const use = imports.value(adapter, names.use)
    return exportedArrow(fn, `use${fn.pascal}`, params, returns, `${use}(${values.join(', ')})`)
  }
}
