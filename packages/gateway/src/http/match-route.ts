import type { Route } from './route.ts'

/** The result of a look-up by method and path. */
export type Match =
  | { type: 'found'; name: string; route: Route; params: Record<string, string> }
  /** The path has other methods: those of the `Allow` header. */
  | { type: 'methodNotAllowed'; allow: string }
  | { type: 'notFound' }

/** Finds the route of a path below `/_api`. */
export type MatchRoute = (method: string, path: string) => Match

/** A matcher over routes by name. Pure. */
export function createMatchRoute(routes: Readonly<Record<string, Route>>): MatchRoute {
  const parsed = Object.entries(routes).flatMap(([name, route]) =>
    route.paths.map((path) => ({ name, route, parts: path.split('/'), methods: methodsOf(route) })),
  )
  return (method, path) => {
    const given = path.split('/')
    const known = parsed.filter(({ parts }) => isMatch(parts, given))
    const found = known.find(({ methods }) => methods.includes(method))
    if (found) {
      const { name, route, parts } = found
      return { type: 'found', name, route, params: readParams(parts, given) }
    }
    if (known.length === 0) return { type: 'notFound' }
    return { type: 'methodNotAllowed', allow: known.flatMap(({ methods }) => methods).join(', ') }
  }
}

/** [RFC 9110, 9.3.2] HEAD is GET without the content. A stream is nothing without its content. */
function methodsOf({ method, kind }: Route): readonly string[] {
  return method === 'GET' && kind !== 'stream' ? [method, 'HEAD'] : [method]
}

function isMatch(expected: readonly string[], given: readonly string[]): boolean {
  if (expected.length !== given.length) return false
  return expected.every((part, index) => part.startsWith(':') || part === given[index])
}

function readParams(expected: readonly string[], given: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decode(given[index] ?? '')
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
