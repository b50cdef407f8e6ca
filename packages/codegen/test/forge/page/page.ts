import {
  type Client,
  createClient,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
} from '@headway/core'
import { createUpload } from '@headway/core/upload'

/** The tools of a page in the tests. */
const tools = {
  createClient,
  createUpload,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
}

declare global {
  var headway: typeof tools
  /** The client of the page. */
  var client: Client
  /** The views of the page, by name. */
  var views: Record<string, () => unknown>
  /** Every state that was shown under a name, in order. */
  var seen: Record<string, unknown[]>
  /** The token that the page sends; empty when nobody is signed in. */
  var token: string
}

Object.assign(globalThis, { headway: tools, views: {}, seen: {}, token: '' })
