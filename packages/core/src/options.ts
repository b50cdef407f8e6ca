/** How a client reaches its server. */
export interface ClientOptions {
  /**
   * The server's origin, such as `https://api.example.com`, before `/_api`. Default: the page's own;
   * outside a browser it must be given.
   */
  url?: string
  /** Who sends requests. Default: the platform's `fetch`. */
  fetch?: typeof fetch
  /** The dice of the backoff: 0 up to, but not, 1. Default: `Math.random`. */
  random?: () => number
}

/** Every default, resolved once. */
export interface ResolvedOptions {
  /** Without a slash at the end. */
  url: string
  fetch: typeof fetch
  random: () => number
  /** How long a stream may take to be `connected`. */
  connectTimeoutMs: number
  /** How long a stream may be silent when the server does not say how often it pings. */
  silenceMs: number
  /** What is added to the server's ping interval before its silence counts. */
  pingGraceMs: number
  /** How long the stream stays open when nothing is followed any more. */
  lingerMs: number
  /** How long a job stays registered after its last watcher left: a remount costs nothing. */
  keepAliveMs: number
  /** How many registrations are under way at the same time. */
  maxRegistrationsInFlight: number
}

/** Fills in the defaults; throws a `TypeError` that says what to do about an option that cannot be. */
export function resolveOptions({
  url,
  fetch,
  random = Math.random,
}: ClientOptions): ResolvedOptions {
  const origin = (url ?? '').replace(/\/+$/, '')
  if (origin !== '' && !/^https?:\/\//.test(origin)) {
    throw new TypeError(`url is "${url}": give an origin such as "https://api.example.com"`)
  }
  if (origin === '' && typeof document === 'undefined') {
    throw new TypeError('createClient() needs a url outside a browser: "http://localhost:4400"')
  }
  return {
    url: origin,
    // Called with the global as `this`, as browsers ask for.
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    random,
    connectTimeoutMs: 10_000,
    silenceMs: 75_000,
    pingGraceMs: 10_000,
    lingerMs: 30_000,
    keepAliveMs: 1_000,
    maxRegistrationsInFlight: 4,
  }
}
