import { parseAddress } from './address.ts'

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
  const remote = parseAddress(remoteAddress) ?? remoteAddress
  if (trustProxy === 0 || !forwardedFor) return remote
  const hops = [...forwardedFor.split(','), remoteAddress]
  const claimed = hops[Math.max(0, hops.length - 1 - trustProxy)] ?? ''
  return parseAddress(claimed) ?? remote
}
