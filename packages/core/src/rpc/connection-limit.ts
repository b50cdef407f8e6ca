/**
 * What a time-out may be due to, for people: over HTTP/1.1 a browser opens six connections to a server, for all
 * tabs together, and each tab's stream takes one. Empty where that cannot be.
 *
 * @see docs/connection.md, "Many tabs"
 */
export function connectionLimitHint(url: string): string {
  const { location, performance } = globalThis
  if (!location || !performance?.getEntriesByType) return ''
  const { origin } = new URL(url)
  const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
  const isLimited = entries.some(
    (entry) =>
      'nextHopProtocol' in entry &&
      entry.nextHopProtocol === 'http/1.1' &&
      entry.name.startsWith(`${origin}/`),
  )
  if (!isLimited) return ''
  return ': over HTTP/1.1 a browser opens at most six connections per server, and each tab keeps one. Use HTTP/2'
}
