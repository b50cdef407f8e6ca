import { argsDoc, outputDoc } from '../types/emitted-function.ts'
import { typeArgs } from '../types/type-doc.ts'
import { exportedArrow } from './api-file.ts'
import { definition } from './definition.ts'
import type { ApiTarget } from './target.ts'

/**
 * Definitions for `client.call`, `client.watch` and `client.attach`, and `track…(client, args)`.
 */
export const core: ApiTarget = {
  exportsOf({ schema, variable, pascal }) {
    const isRun = schema.kind === 'job' || schema.kind === 'workflow'
    return isRun ? [variable, `track${pascal}`] : [variable]
  },
  declarations(file, fn) {
    const { schema, variable, pascal, args } = fn
    const defined = definition(file, fn)
    if (schema.kind !== 'job' && schema.kind !== 'workflow') return [defined]
    const { imports, types } = file
    const client = imports.type('@headway/core', 'Client')
    const handle = imports.type(
      '@headway/core',
      schema.kind === 'job' ? 'JobHandle' : 'WorkflowHandle',
    )
    const track = exportedArrow(
      fn,
      `track${pascal}`,
      [`client: ${client}`, ...(args ? [['args: ', argsDoc(types, fn)]] : [])],
      [handle, typeArgs([outputDoc(types, fn)])],
      `client.start(${variable}, ${args ? 'args' : 'null'})`,
    )
    return [defined, track]
  },
}
