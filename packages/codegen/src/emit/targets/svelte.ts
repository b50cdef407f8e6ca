import type { Doc } from '../print/doc.ts'
import { list } from '../print/layouts.ts'
import { quote } from '../print/literals.ts'
import { argsDoc, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import { exportedArrow } from './api-file.ts'
import { definition, importCodec } from './definition.ts'
import { forgeFiles } from './forge-files.ts'
import { reactiveName } from './forge-reactive.ts'
import type { ApiFile, ApiTarget } from './target.ts'

/**
 * Stores and promises: `trackExportUsers(args)`, `getUserStore$(args)`, `getUser(args)`. Jobs and
 * workflows also have definitions, for `useJob(exportUsers, { jobId })`.
 */
export const svelte: ApiTarget = {
  beside: forgeFiles,
  exportsOf(fn) {
    const { schema, name, variable, pascal } = fn
    switch (schema.kind) {
      case 'query':
        return [variable, `${name}Store$`, reactiveName(fn)]
      case 'mutation':
        return [variable, reactiveName(fn)]
      default:
        return [variable, `track${pascal}`]
    }
  },
  declarations(file, fn) {
    const { name, pascal } = fn
    switch (fn.schema.kind) {
      case 'query':
        return [
          made(file, fn, fn.variable, called),
          made(file, fn, `${name}Store$`, ['createSubscriptionStore', 'SubscriptionStore']),
        ]
      case 'mutation':
        return [made(file, fn, fn.variable, called)]
      case 'job':
        return [
          definition(file, fn),
          made(file, fn, `track${pascal}`, ['createJobStore', 'JobStore']),
        ]
      case 'workflow':
        return [
          definition(file, fn),
          made(file, fn, `track${pascal}`, ['createWorkflowStore', 'WorkflowStore']),
        ]
    }
  },
}

/** A function of the adapter, and the type it returns. */
type Made = readonly [create: string, type: string]

const called = ['call', 'Promise'] as const

/** A function that calls the adapter with the types, the wire name, the arguments and the codec. */
function made(file: ApiFile, fn: EmittedFunction, name: string, [create, type]: Made): Doc {
  const { imports, types } = file
  const adapter = '@headway/svelte'
  const returned = type === 'Promise' ? type : imports.type(adapter, type)
  const codec = importCodec(file, fn)
  const args = argsDoc(types, fn)
  const output = outputDoc(types, fn)
  const values = [quote(fn.schema.wireName), fn.args ? 'args' : 'null', codec ?? []].flat()
  return exportedArrow(
    fn,
    name,
    fn.args ? [['args: ', args]] : [],
    [returned, typeArgs([output])],
    [imports.value(adapter, create), typeArgs([args, output]), list('(', values, ')')],
  )
}
