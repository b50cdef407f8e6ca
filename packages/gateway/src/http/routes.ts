import type { Shape } from './reply.ts'

/** What a path asks for. */
export type RouteName =
  | 'rpc'
  | 'upload'
  | 'events'
  | 'ticket'
  | 'subscribeJob'
  | 'subscribeWorkflow'
  | 'subscribe'
  | 'subscribeBatch'
  | 'unsubscribe'
  | 'unsubscribeBatch'
  | 'readJob'
  | 'cancelJob'
  | 'retryJob'
  | 'readWorkflow'
  | 'cancelWorkflow'
  | 'retryWorkflow'
  | 'sendEvent'
  | 'signal'
  | 'health'
  | 'ready'
  | 'metrics'

/** One row of the table. */
interface Route {
  method: 'GET' | 'POST'
  /** Below `/_api`; `:name` stands for one part. */
  path: string
  name: RouteName
  shape: Shape
}

const routes: readonly Route[] = [
  { method: 'POST', path: '/rpc', name: 'rpc', shape: 'A' },
  { method: 'POST', path: '/rpc/:name', name: 'rpc', shape: 'A' },
  { method: 'POST', path: '/rpc/:name/upload', name: 'upload', shape: 'A' },
  { method: 'GET', path: '/events', name: 'events', shape: 'C' },
  { method: 'POST', path: '/events/ticket', name: 'ticket', shape: 'C' },
  { method: 'POST', path: '/subscribe-job', name: 'subscribeJob', shape: 'B' },
  { method: 'POST', path: '/subscribe-workflow', name: 'subscribeWorkflow', shape: 'B' },
  { method: 'POST', path: '/subscribe', name: 'subscribe', shape: 'B' },
  { method: 'POST', path: '/subscribe-batch', name: 'subscribeBatch', shape: 'B' },
  { method: 'POST', path: '/unsubscribe', name: 'unsubscribe', shape: 'B' },
  { method: 'POST', path: '/unsubscribe-batch', name: 'unsubscribeBatch', shape: 'B' },
  { method: 'GET', path: '/jobs/:id', name: 'readJob', shape: 'A' },
  { method: 'POST', path: '/jobs/:id/cancel', name: 'cancelJob', shape: 'A' },
  { method: 'POST', path: '/jobs/:id/retry', name: 'retryJob', shape: 'A' },
  { method: 'GET', path: '/workflows/:id', name: 'readWorkflow', shape: 'A' },
  { method: 'POST', path: '/workflows/:id/cancel', name: 'cancelWorkflow', shape: 'A' },
  { method: 'POST', path: '/workflows/:id/retry', name: 'retryWorkflow', shape: 'A' },
  { method: 'POST', path: '/workflows/:id/events/:event', name: 'sendEvent', shape: 'A' },
  { method: 'POST', path: '/signal', name: 'signal', shape: 'A' },
  { method: 'GET', path: '/health', name: 'health', shape: 'A' },
  { method: 'GET', path: '/ready', name: 'ready', shape: 'A' },
  { method: 'GET', path: '/metrics', name: 'metrics', shape: 'A' },
]

const parsedRoutes = routes.map((route) => ({
  ...route,
  parts: route.path.split('/'),
  methods: methodsOf(route),
}))

/** [RFC 9110, 9.3.2] HEAD is GET without the content. A stream is nothing without it. */
function methodsOf({ method, name }: Route): readonly string[] {
  return method === 'GET' && name !== 'events' ? [method, 'HEAD'] : [method]
}

/** What a request's method and path come to. */
export type Match =
  | { type: 'found'; name: RouteName; shape: Shape; params: Record<string, string> }
  /** The path is known for other methods: those, as the `Allow` header lists them. */
  | { type: 'methodNotAllowed'; allow: string }
  | { type: 'notFound' }

/** Finds the route of a path below `/_api`. Pure. */
export function matchRoute(method: string, path: string): Match {
  const given = path.split('/')
  const known = parsedRoutes.flatMap((route) => {
    const params = matchParts(route.parts, given)
    return params ? [{ route, params }] : []
  })
  const found = known.find(({ route }) => route.methods.includes(method))
  if (found) {
    const { name, shape } = found.route
    return { type: 'found', name, shape, params: found.params }
  }
  if (known.length === 0) return { type: 'notFound' }
  const allow = known.flatMap(({ route }) => route.methods).join(', ')
  return { type: 'methodNotAllowed', allow }
}

function matchParts(
  expected: readonly string[],
  given: readonly string[],
): Record<string, string> | null {
  if (expected.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decode(value)
    else if (part !== value) return null
  }
  return params
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
