import { createRateLimits } from './access/rate-limits.ts'
import { type CallGuard, createCallGuard } from './app/call-guard.ts'
import type { ListCursors } from './lists/list-cursor.ts'
import { createRunsQuery, listName } from './lists/runs-query.ts'
import type { ResolvedGatewayOptions } from './options/gateway-options.ts'

/** The guard of everything that clients can call: the functions of the app, and lists of runs. */
export function createGatewayGuard(
  options: ResolvedGatewayOptions,
  cursors: ListCursors,
): CallGuard {
  const { auth, authorize, logger } = options
  const hasAuth = auth !== undefined
  const lists = createRunsQuery({ hasAuth, authorize, cursors, logger })
  const functions = { ...options, queries: { ...options.queries, [listName]: lists } }
  return createCallGuard(functions, hasAuth, createRateLimits())
}
