import { parseAddress } from './address.ts'

/**
 * The address of the client. Each trusted proxy has added one entry to `X-Forwarded-For`: the
 * client's is the one that the outermost of them added. Pure.
 *
 * @param trustProxy the number of trusted proxies in a row
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
