import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { createElapsed } from './time/elapsed.ts'

/** Who is asking: called before each attempt and each call. `force`: the last answer was refused. */
export type TokenSource = (ask: {
  force: boolean
}) => string | null | undefined | Promise<string | null | undefined>

/** Where ids of persisted runs are kept: what is used of `Storage`. */
export type PersistStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** How a client reaches its server. */
export interface ClientOptions {
  /**
   * The server's origin, such as `https://api.example.com`, before `/_api`. Default: the page's own.
   * Without a page, as on a server, nothing can be asked without it: what asks fails, and says so.
   */
  url?: string
  /**
   * The bearer token, or `null` when nobody is signed in. Asked for before each attempt and each
   * call, and once with `force` when the server refused the last one. While it throws, nothing is sent.
   */
  token?: TokenSource
  /** Whether cookies go along. Default: to the page's own origin. */
  credentials?: RequestCredentials
  /** Shows each new state of a run instead of the newest one each 16 ms. Default: `false`. */
  everyUpdate?: boolean
  /** How long a call may take, in milliseconds. Default: 30,000. */
  callTimeoutMs?: number
  /** Who is signed in, as far as `persist` goes: one user's runs are not shown to the next. Default: nobody in particular. */
  user?: () => string | null
  /** Where `persist` keeps ids. Default: `localStorage`, where there is one. */
  storage?: PersistStorage | null
  /** Who sends requests. Default: the platform's `fetch`. */
  fetch?: typeof fetch
  /** The dice of the backoff: 0 up to, but not, 1. Default: `Math.random`. */
  random?: () => number
  /** The clock and the timers. Default: the platform's. */
  scheduler?: SchedulerLike
}

/** Every default, resolved once. */
export interface ResolvedOptions {
  /** Without a slash at the end. Throws a `TypeError` where there is neither an origin nor a page. */
  readonly url: string
  token: TokenSource | undefined
  credentials: RequestCredentials
  everyUpdate: boolean
  callTimeoutMs: number
  /** The same of a call with files. */
  uploadTimeoutMs: number
  user: () => string | null
  storage: PersistStorage | null
  fetch: typeof fetch
  random: () => number
  scheduler: SchedulerLike
  /** A clock for durations, in milliseconds from anywhere. */
  elapsed: () => number
  /** How long a stream may take to be `connected`. */
  connectTimeoutMs: number
  /** How often a server pings that does not say so. */
  pingMs: number
  /** What is added to the server's ping interval before its silence counts. */
  pingGraceMs: number
  /** How long the stream stays open when nothing is followed any more. */
  lingerMs: number
  /** How long a target stays registered after its last watcher left: a remount costs nothing. */
  keepAliveMs: number
  /** How often a target's newest state is shown at most. */
  coalesceMs: number
  /** How many registrations are under way at the same time. */
  maxRegistrationsInFlight: number
  /** How many registrations go into one batch. */
  maxBatch: number
  /** How often a start or an event is sent while its answers are lost. */
  maxStartAttempts: number
  /** How often snapshots are read while no stream gets through. */
  pollMs: number
  /** How long reading one of them may take. */
  pollTimeoutMs: number
  /** After how much silence a target is read again whose server numbers no revisions; doubled each time. */
  quietMs: number
}

/** Fills in the defaults; throws a `TypeError` that says what to do about an option that cannot be. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const { url, fetch, callTimeoutMs = 30_000, scheduler = asyncScheduler } = options
  const origin = (url ?? '').replace(/\/+$/, '')
  if (origin !== '' && !/^https?:\/\//.test(origin)) {
    throw new TypeError(`url is "${url}": give an origin such as "https://api.example.com"`)
  }
  if (!(callTimeoutMs > 0)) {
    throw new TypeError(`callTimeoutMs is ${callTimeoutMs}: give milliseconds, more than 0`)
  }
  return {
    // When something is asked, not before: a server that renders creates clients, and asks nothing.
    get url() {
      if (origin) return origin
      // Frames without an address of their own have a base; the address of a blob has an origin.
      const page = globalThis.document?.baseURI ?? globalThis.location?.href
      const own = page ? new URL(page).origin : 'null'
      if (own !== 'null') return own
      throw new TypeError(
        'There is no page whose server could be asked: createClient() needs a url here, such as "http://localhost:4400"',
      )
    },
    token: options.token,
    credentials: options.credentials ?? 'same-origin',
    everyUpdate: options.everyUpdate ?? false,
    callTimeoutMs,
    uploadTimeoutMs: Math.max(callTimeoutMs, 300_000),
    user: options.user ?? (() => null),
    storage: options.storage === undefined ? pageStorage() : options.storage,
    fetch: fetch ?? platformFetch,
    random: options.random ?? Math.random,
    scheduler,
    elapsed: createElapsed(scheduler),
    connectTimeoutMs: 10_000,
    pingMs: 65_000,
    pingGraceMs: 10_000,
    lingerMs: 30_000,
    keepAliveMs: 1_000,
    coalesceMs: 16,
    maxRegistrationsInFlight: 4,
    maxBatch: 100,
    maxStartAttempts: 5,
    pollMs: 5_000,
    pollTimeoutMs: 10_000,
    quietMs: 5_000,
  }
}

/** The platform's `fetch`, called with the global as `this`, as browsers ask for. */
export const platformFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)

/** A page may be forbidden to have any: then nothing is kept. */
function pageStorage(): PersistStorage | null {
  try {
    return typeof window === 'undefined' ? null : window.localStorage
  } catch {
    return null
  }
}
