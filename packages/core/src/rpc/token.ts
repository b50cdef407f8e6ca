import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'

/** The application's bearer token. */
export interface Token {
  /**
   * Resolves with the current token; `null` while no user is signed in. Rejects if the
   * application's function does: then the request must not be sent, not even without a token.
   */
  ask(): Promise<string | null>
  /**
   * Resolves with a token newer than `used`, which the server refused. All callers share one forced
   * refresh. Resolves with `used` if there is no newer token: a second attempt is useless then.
   */
  renew(used: string | null): Promise<string | null>
  /**
   * Asks again after a sign-in or sign-out, also while another request for a token is under way.
   * Callers that wait for a refresh get this answer, too.
   */
  change(): Promise<string | null>
  /** Rejects every refresh under way with `error`. */
  close(error: unknown): void
}

/** A forced refresh under way. */
interface Refresh {
  /** The number of its call to `token()`. */
  ask: number
  answer: Promise<string | null>
  /** Resolves it with the answer to a later call. */
  replace(token: string | null): void
  fail(error: unknown): void
}

/** The longest time limit for `token()`, in milliseconds. */
const maxAskMs = 30_000

/**
 * Gets the token from the application's function. A refresh fails after `callTimeoutMs`, at most 30
 * seconds. If an older call of the function is answered after a newer one, the newer answer is
 * used.
 *
 * @param onToken receives each answer, and true if the application said that the user changed
 */
export function createToken(
  {
    token,
    callTimeoutMs,
    scheduler,
  }: Pick<ResolvedOptions, 'token' | 'callTimeoutMs' | 'scheduler'>,
  onToken: (token: string | null, isChanged: boolean) => void,
): Token {
  let refresh: Refresh | null = null
  const underWay = new Set<Refresh>()
  let newest: string | null = null
  let asks = 0
  let newestAsk = 0

  const callOption = async (force: boolean, isChanged = false): Promise<string | null> => {
    if (!token) return null
    asks += 1
    const ask = asks
    const answer = (await token({ force })) || null
    if (ask < newestAsk) return newest
    newestAsk = ask
    newest = answer
    if (refresh && ask > refresh.ask) refresh.replace(answer)
    onToken(answer, isChanged)
    return answer
  }
  /** Resolves with the answer of `work` or of `replace`. Rejects when neither comes in time. */
  const createRefresh = (work: () => Promise<string | null>): Refresh => {
    const ask = asks + 1
    const limitMs = Math.min(callTimeoutMs, maxAskMs)
    let replace: Refresh['replace'] = () => undefined
    let fail: Refresh['fail'] = () => undefined
    const answer = new Promise<string | null>((resolve, reject) => {
      const deadline = after(limitMs, scheduler).subscribe(() => fail(tokenTimeout(limitMs)))
      const end = (): void => {
        deadline.unsubscribe()
        underWay.delete(own)
        if (refresh?.ask === ask) refresh = null
      }
      fail = (error) => {
        end()
        reject(error)
      }
      replace = (value) => {
        end()
        resolve(value)
      }
    })
    const own: Refresh = { ask, answer, replace, fail }
    underWay.add(own)
    work().then(replace, fail)
    return own
  }
  return {
    ask: () => refresh?.answer ?? callOption(false),
    change: () => createRefresh(() => callOption(false, true)).answer,
    close(error) {
      for (const ask of underWay) ask.fail(error)
    },
    async renew(used) {
      if (!token) return used
      if (!refresh && newest !== used) return newest
      refresh ??= createRefresh(() => callOption(true))
      return refresh.answer
    },
  }
}

/** The error when `token()` did not answer within `ms`. */
export function tokenTimeout(ms: number): Error {
  return new Error(`token() gave no answer in ${ms} ms`)
}
