// Made by headway generate. Changes are lost the next time it runs.
import { defineQuery, type NoArgs, type QueryDefinition } from '@headway/core'

/** Answers when the server is up. */
export const ping: QueryDefinition<NoArgs, void> = /* @__PURE__ */ defineQuery('ping')
