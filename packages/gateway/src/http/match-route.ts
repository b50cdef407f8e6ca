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
    const known = parsed.flatMap((one) => {
      const params = matchParts(one.parts, given)
      return params ? [{ ...one, params }] : []
    })
    const found = known.find(({ methods }) => methods.includes(method))
    if (found) {
      const { name, route, params } = found
      return { type: 'found', name, route, params }
    }
    if (known.length === 0) return { type: 'notFound' }
    return { type: 'methodNotAllowed', allow: known.flatMap(({ methods }) => methods).join(', ') }
  }
}

/** [RFC 9110, 9.3.2] HEAD is GET without the content. A stream is nothing without its content. */
function methodsOf({ method, kind }: Route): readonly string[] {
  return method === 'GET' && kind !== 'stream' ? [method, 'HEAD'] : [method]
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
