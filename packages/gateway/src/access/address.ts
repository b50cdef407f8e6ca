import { isIPv4, isIPv6 } from 'node:net'

/**
 * An address in a form that can be compared: without brackets, port and zone, in its shortest form,
 * an IPv4 address inside an IPv6 one as IPv4. Null for other text. Pure.
 */
export function parseAddress(text: string): string | null {
  if (isIPv4(text)) return text
  const [address = ''] = withoutPort(text.trim()).split('%')
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return null
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  // [RFC 4291, 2.5.5.2] ::ffff:0:0/96 is IPv4, on a socket that takes both.
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short) ?? []
  return high && low ? [...bytesOf(high), ...bytesOf(low)].join('.') : short
}

/** An address, as `parseAddress` gives it, is one of this machine. Pure. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^127(\.\d+){3}$/.test(address)
}

/**
 * The key that a visitor is counted by: an IPv4 address, or an IPv6 network of 64 bits, since one
 * connection has at least that many addresses. Other text is returned unchanged. Pure.
 */
export function networkOf(text: string): string {
  const address = parseAddress(text)
  if (!address?.includes(':')) return address ?? text
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array<string>(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0')
  return `${[...(before ?? []), ...zeros, ...(after ?? [])].slice(0, 4).join(':')}::/64`
}

/** `1.2.3.4:5678` and `[::1]:80`, as some proxies write them. */
function withoutPort(text: string): string {
  const [, bracketed, plain] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text) ?? []
  return bracketed ?? plain ?? text
}

function bytesOf(group: string): [number, number] {
  const value = Number.parseInt(group, 16)
  return [value >> 8, value & 255]
}
