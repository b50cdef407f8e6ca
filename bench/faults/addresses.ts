/*
 * Each client has an address of its own below 127.0.0.0/8, so that a proxy knows whose connection
 * it accepts, and clients of one process share no connections. On Linux every one of them is this
 * machine.
 */

/** The address that client `n` connects to: 127.1.0.0 for the first. Pure. */
export function toAddress(client: number): string {
  return `127.${1 + (client >> 16)}.${(client >> 8) & 255}.${client & 255}`
}

/** The `n` of an address from {@link toAddress}; `null` for another one. Pure. */
export function toClient(address: string): number | null {
  const [, high, middle, low] = /^127\.(\d+)\.(\d+)\.(\d+)$/.exec(address) ?? []
  const client = ((Number(high) - 1) << 16) | (Number(middle) << 8) | Number(low)
  return high === undefined || client < 0 ? null : client
}

/** The server of a client that stays with the one in its place. Pure. */
export function pinnedServer(client: number, servers: readonly number[]): number | undefined {
  return servers[client % servers.length]
}
