import { type QuerySnapshot, reduceQuery } from '../state/query-state.ts'
import { type Kind, toKind } from './kind.ts'

/** How a live query is registered, read and folded. */
export const queryKind: Kind = /* @__PURE__ */ toKind({
  name: 'query',
  path: '/subscribe',
  missing: null,
  parse: (data: unknown, revision?: number): QuerySnapshot =>
    revision === undefined ? { data } : { data, revision },
  reduce: reduceQuery,
  toRead(item) {
    if (item.kind !== 'query') throw new TypeError(`"${item.id}" is the id of a ${item.kind}`)
    const path = `/rpc/${encodeURIComponent(item.function)}`
    return { method: 'POST', path, body: { args: item.args } }
  },
})
