// Made by headway generate. Changes are lost the next time it runs.
import type { NoArgs, QueryDefinition } from '@headway/core'

/** Answers when the server is up. */
export const ping: QueryDefinition<NoArgs, void> = {
  kind: 'query',
  name: 'ping',
}
