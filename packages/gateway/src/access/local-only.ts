import { isLoopback, parseAddress } from './address.ts'

/** The known origin of a request. */
export interface Origin {
  /** The client's address; empty where the server does not see one. */
  client: string
  /**
   * The other end of the connection, a proxy or the client; empty where the server does not see it.
   */
  peer: string
  /** It came by a socket in this machine's file system, which has no address. */
  isUnixSocket: boolean
  /** `X-Forwarded-For`, believed or not. */
  forwardedFor: string | undefined
  /** The name that it asked for, with its port. */
  host: string
}

/**
 * The reason to refuse a request to a gateway without `auth`, which serves this machine alone; null
 * when the request is accepted. Pure.
 *
 * @param isDevelopment accepts requests with an unknown address
 */
export function whyNotLocal(origin: Origin, isDevelopment: boolean): string | null {
  const { client, peer, isUnixSocket, forwardedFor, host } = origin
  // A page of another site reaches this machine by a name that resolves to it (DNS rebinding): the
  // name gives it away.
  const name = host.replace(/:\d+$/, '')
  if (!/^(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(name)) {
    return `Without "auth" the gateway answers on localhost, not on "${name}"`
  }
  // A proxy on this machine, trusted or not, names in `X-Forwarded-For` the machine that sent the
  // request.
  const hops = forwardedFor?.split(',').map((hop) => hop.trim()) ?? []
  // A proxy elsewhere calls itself 127.0.0.1, too, and any machine can claim to be a proxy: the
  // peer counts as well.
  const known = [client, peer].filter((address) => address !== '')
  const stranger = [...hops, ...known].find((hop) => !isHere(hop))
  if (stranger !== undefined) {
    return `Without "auth" the gateway answers this machine only: the request comes from ${stranger}`
  }
  if (client !== '' || isUnixSocket || isDevelopment) return null
  return (
    'Without "auth" the gateway answers this machine only, and the address of the request is ' +
    'unknown: pass it, gateway.fetch(request, { ip }), or set "auth"'
  )
}

function isHere(text: string): boolean {
  const address = parseAddress(text)
  return address !== null && isLoopback(address)
}
