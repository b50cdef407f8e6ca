import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'

/** How requests say who is asking. */
export interface Token {
  /**
   * The newest token; `null` when nobody is signed in. Rejects as the application's function does:
   * without its answer nothing is sent, least of all anonymously.
   */
  ask(): Promise<string | null>
  /**
   * A token newer than `used`, which the server refused: one forced refresh for all who wait for it.
   * The same as `used` when there is none, and then nothing is to be tried again.
   */
  renew(used: string | null): Promise<string | null>
  /** Asks anew, whatever is under way: somebody signed in or out. Who waits for a refresh gets this answer, too. */
  change(): Promise<string | null>
  /** Ends what is under way. */
  close(error: unknown): void
}

/** A forced refresh that is under way. */
interface Refresh {
  /** Its place among all asks. */
  ask: number
  answer: Promise<string | null>
  /** Ends it with an answer that was asked for later. */
  replace(token: string | null): void
  fail(error: unknown): void
}

/** How long the application may take when nothing else limits it, in milliseconds. */
const maxAskMs = 30_000

/**
 * The application's token, asked for before each attempt and each call. A refresh that gives no answer is given
 * up after `callTimeoutMs`. If an older ask is answered after a newer one, the newer answer is used.
 *
 * @param onToken told each answer, and whether the application said that the user changed
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

  const asked = async (force: boolean, isChanged = false): Promise<string | null> => {
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
  /** `work`, or what `replace` is given; rejects when neither comes in time. */
  const createRefresh = (work: () => Promise<string | null>): Refresh => {
    const ask = asks + 1
    const limitMs = Math.min(callTimeoutMs, maxAskMs)
    let replace: Refresh['replace'] = () => undefined
    let fail: Refresh['fail'] = () => undefined
    const answer = new Promise<string | null>((resolve, reject) => {
      const deadline = after(limitMs, scheduler).subscribe(() =>
        fail(new Error(`token() gave no answer in ${limitMs} ms`)),
      )
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
    ask: () => refresh?.answer ?? asked(false),
    change: () => createRefresh(() => asked(false, true)).answer,
    close(error) {
      for (const ask of underWay) ask.fail(error)
    },
    async renew(used) {
      if (!token) return used
      if (!refresh && newest !== used) return newest
      refresh ??= createRefresh(() => asked(true))
      return refresh.answer
    },
  }
}
