import { isIP } from 'node:net'

/**
 * Where a request comes from. Each proxy that is trusted has added one entry to `X-Forwarded-For`: the
 * address that the outermost of them saw is the client's. Pure.
 *
 * @param trustProxy how many proxies in a row are ours
 */
export function clientIp(
  remoteAddress: string,
  forwardedFor: string | undefined,
  trustProxy: number,
): string {
  if (trustProxy === 0 || !forwardedFor) return normal(remoteAddress)
  const hops = [...forwardedFor.split(',').map((hop) => hop.trim()), remoteAddress]
  const claimed = hops[Math.max(0, hops.length - 1 - trustProxy)] ?? ''
  return isIP(claimed) ? normal(claimed) : normal(remoteAddress)
}

/** An IPv4 address as such, also where the socket is an IPv6 one. */
function normal(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
