/**
 * A hint for the message of a time-out. Over HTTP/1.1 a browser opens at most six connections to a
 * server, for all tabs together, and the stream of each tab takes one. Empty if the page did not
 * load from this server over HTTP/1.1.
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
