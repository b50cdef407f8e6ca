import { dirname } from 'node:path'

/** The folders one passes on the way to a path, and itself: `/a/b` is `/`, `/a`, `/a/b`. */
export function wayTo(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...wayTo(above), path]
}
