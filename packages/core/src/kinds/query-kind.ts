import { type QuerySnapshot, reduceQuery } from '../state/query-state.ts'
import { type Kind, toKind } from './kind.ts'

/** The kind of all live queries. */
export const queryKind: Kind = /* @__PURE__ */ toKind({
  name: 'query',
  path: '/subscribe',
  missing: null,
  parse: (data: unknown, revision?: number): QuerySnapshot =>
    revision === undefined ? { data } : { data, revision },
  reduce: reduceQuery,
  toRead(item) {
    if (item.kind !== 'query') throw new TypeError(`"${item.id}" is a ${item.kind}, not a query`)
    const path = `/rpc/${encodeURIComponent(item.function)}`
    return { method: 'POST', path, body: { args: item.args } }
  },
})
