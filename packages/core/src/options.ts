import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { createElapsed } from './time/elapsed.ts'
import { createServerClock, type ServerClock } from './time/server-clock.ts'

/**
 * Returns the bearer token. Called before each connection attempt and each call. `force` is true
 * when the server refused the last token: return a new one.
 */
export type TokenSource = (ask: {
  force: boolean
}) => string | null | undefined | Promise<string | null | undefined>

/** The part of `Storage` that `persist` uses to keep the ids of runs. */
export type PersistStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Options of {@link createClient}. */
export interface ClientOptions {
  /**
   * The server's origin, such as `https://api.example.com`, without `/_api`. Default: the page's
   * origin. Outside a page, as on a server, you must set it: otherwise every request fails.
   */
  url?: string
  /**
   * Returns the bearer token, or `null` while no user is signed in. Called before each attempt and
   * each call, and once with `force` when the server refused the last token. While it throws, the
   * client sends nothing.
   */
  token?: TokenSource
  /** Sends cookies as `fetch` does. Default: `same-origin`. */
  credentials?: RequestCredentials
  /** Shows every state of a run instead of the newest one every 16 ms. Default: `false`. */
  everyUpdate?: boolean
  /** The time limit of a call, in milliseconds. Default: 30,000. */
  callTimeoutMs?: number
  /**
   * Returns the id of the signed-in user, so that `persist` shows a user's runs to no other user.
   * Default: all users of the page share the persisted runs.
   */
  user?: () => string | null
  /** The storage for `persist`. Default: `localStorage` if there is one. */
  storage?: PersistStorage | null
  /** Sends all requests. Default: the platform's `fetch`. */
  fetch?: typeof fetch
  /** Random numbers for the backoff: from 0 up to, not including, 1. Default: `Math.random`. */
  random?: () => number
  /** Clock and timers. Default: the platform's. */
  scheduler?: SchedulerLike
}

/** The options with every default filled in. */
export interface ResolvedOptions {
  /** No slash at the end. Throws a `TypeError` if there is neither a `url` option nor a page. */
  readonly url: string
  token: TokenSource | undefined
  credentials: RequestCredentials
  everyUpdate: boolean
  callTimeoutMs: number
  /** The time limit of a call with files. */
  uploadTimeoutMs: number
  user: () => string | null
  storage: PersistStorage | null
  fetch: typeof fetch
  random: () => number
  scheduler: SchedulerLike
  /** A clock for durations, in milliseconds since an arbitrary start. */
  elapsed: () => number
  /** The server's clock. */
  clock: ServerClock
  /** The longest wait for `connected` after a stream is opened. */
  connectTimeoutMs: number
  /** The ping interval of a server that does not announce one. */
  pingMs: number
  /** Added to the ping interval: a longer silence ends the stream. */
  pingGraceMs: number
  /** The stream stays open for this long after the last target was released. */
  lingerMs: number
  /** A target stays registered for this long after its last watcher left, so a remount is free. */
  keepAliveMs: number
  /** The shortest time between two states that are shown of one target. */
  coalesceMs: number
  /** The most registration requests at the same time. */
  maxRegistrationsInFlight: number
  /** The most registrations in one batch. */
  maxBatch: number
  /** The most registrations in the request that opens a stream. */
  maxCarried: number
  /** The longest wait for an answer that comes in the stream. */
  answerTimeoutMs: number
  /** The most attempts to send a start or an event whose answer is lost. */
  maxStartAttempts: number
  /** The interval at which snapshots are polled while no stream gets through. */
  pollMs: number
  /** The time limit of one poll. */
  pollTimeoutMs: number
  /** The silence after which a target without revisions is read again. Doubles with each read. */
  quietMs: number
}

/** Fills in the defaults. Throws a `TypeError` for an option that cannot work. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const { url, fetch, callTimeoutMs = 30_000, scheduler = asyncScheduler } = options
  const origin = (url ?? '').replace(/\/+$/, '')
  if (origin !== '' && !/^https?:\/\//.test(origin)) {
    throw new TypeError(`url is "${url}": pass an origin such as "https://api.example.com"`)
  }
  if (!(callTimeoutMs > 0)) {
    throw new TypeError(`callTimeoutMs is ${callTimeoutMs}: it must be more than 0`)
  }
  return {
    // On first use, not before: server-side rendering creates clients that send no request.
    get url() {
      if (origin) return origin
      // `about:srcdoc` frames inherit a base URI, and a `blob:` URL has its creator's origin.
      const page = globalThis.document?.baseURI ?? globalThis.location?.href
      const own = page ? new URL(page).origin : 'null'
      if (own !== 'null') return own
      throw new TypeError(
        'Outside a page, createClient() needs a url, such as "http://localhost:4400"',
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
    clock: createServerClock(() => scheduler.now()),
    connectTimeoutMs: 10_000,
    pingMs: 65_000,
    pingGraceMs: 10_000,
    lingerMs: 30_000,
    keepAliveMs: 1_000,
    coalesceMs: 16,
    maxRegistrationsInFlight: 4,
    maxBatch: 100,
    maxCarried: 1_000,
    answerTimeoutMs: 30_000,
    maxStartAttempts: 5,
    pollMs: 5_000,
    pollTimeoutMs: 10_000,
    quietMs: 5_000,
  }
}

/** The platform's `fetch`. Browsers throw if it is called with another `this` than the global. */
export const platformFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)

/** `null` where a page may not use storage: reading `localStorage` throws there. */
function pageStorage(): PersistStorage | null {
  try {
    return typeof window === 'undefined' ? null : window.localStorage
  } catch {
    return null
  }
}
