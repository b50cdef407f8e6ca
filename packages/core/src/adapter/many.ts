import type { JobDefinition } from '../definitions/definition.ts'
import type { GroupOptions } from '../groups/group.ts'
import { startMany } from '../groups/start-many.ts'
import type { AnyRunDefinition, AnyRunHandle, Begin } from './runs.ts'

/** Starts groups of runs of this definition, in place of single runs. */
export function beginMany(definition: AnyRunDefinition): Begin {
  const erased = definition as JobDefinition<unknown, unknown>
  // The hook types the list and the options.
  return (client, list, options) =>
    startMany(client, erased, list as unknown[], options as GroupOptions<unknown>) as AnyRunHandle
}
