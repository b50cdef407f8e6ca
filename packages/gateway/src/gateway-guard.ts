import { createRateLimits } from './access/rate-limits.ts'
import { type CallGuard, createCallGuard } from './app/call-guard.ts'
import { createRunsQuery, listName } from './lists/runs-query.ts'
import type { ResolvedGatewayOptions } from './options/gateway-options.ts'

/** The guard of everything that clients can call: the functions of the app, and lists of runs. */
export function createGatewayGuard(options: ResolvedGatewayOptions): CallGuard {
  const hasAuth = options.auth !== undefined
  const lists = createRunsQuery({ hasAuth, authorize: options.authorize })
  const functions = { ...options, queries: { ...options.queries, [listName]: lists } }
  return createCallGuard(functions, hasAuth, createRateLimits())
}
