import { EventEmitter, once } from 'node:events'
import { openScreen, type Screen } from './cluster-screen.ts'
import { sumCounts } from './counted-fetch.ts'

/** The screens of many users at one cluster. */
export interface Audience {
  readonly screens: readonly Screen[]
  /**
   * Resolves once it is as described. Rejects as soon as a screen shows what cannot be, or a
   * session is unknown although its gateway lives.
   */
  until(isThere: () => boolean): Promise<void>
  /** Resolves once each screen has shown so many more ends than now, and rejects as `until`. */
  untilEnds(count: number): Promise<void>
  /** Resolves once everything that was started has ended on every screen. Rejects as `until`. */
  finish(): Promise<void>
  /** From now on sessions are lost with their gateway, until the returned function is called. */
  loseSessions(): () => void
  /**
   * For a test that fails: answers by request, losses by reason, what is shown by its sync, and the
   * results of the query. As it was before the close.
   */
  summary(): object
  close(): void
}

/** Options of {@link openAudience}. */
export interface AudienceOptions {
  url: string
  /** The number of screens. */
  size: number
  /** The `fetch` of each screen. Default: Node's. */
  fetchOf?: (number: number) => typeof fetch
}

/** Opens the screens. Each also shows the jobs of the one before it. */
export function openAudience({ url, size, fetchOf = () => fetch }: AudienceOptions): Audience {
  const news = new EventEmitter()
  const screens: Screen[] = []
  /** The number of unknown sessions that were to be expected; infinite while they are. */
  let expected = 0

  let isTold = false
  /** Once for all the news of one turn. */
  const onNews = (): void => {
    if (isTold) return
    isTold = true
    setImmediate(() => {
      isTold = false
      news.emit('news')
    })
  }
  const requests = () => sumCounts(screens.map((screen) => screen.requests.counts))
  const unknownSessions = (): number => {
    const refused = Object.entries(requests()).filter(([request]) => unknownSession.test(request))
    const lost = screens.flatMap(({ losses }) => losses.filter((loss) => loss === 'session_lost'))
    return refused.reduce((sum, [, count]) => sum + count, 0) + lost.length
  }
  const check = (): void => {
    const wrong = screens.flatMap((screen) => screen.wrong)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    if (unknownSessions() <= expected) return
    const counts = JSON.stringify(requests(), null, 2)
    throw new Error(`a gateway did not know the session of another one that lives: ${counts}`)
  }
  const until = async (isThere: () => boolean): Promise<void> => {
    check()
    while (!isThere()) {
      await once(news, 'news')
      check()
    }
  }

  for (let number = 0; number < size; number += 1) {
    const onStarted = (jobId: string): void => screens[(number + 1) % size]?.show(jobId)
    screens.push(openScreen({ url, number, fetch: fetchOf(number), onStarted, onNews }))
  }
  let last: object | null = null
  const summarize = (): object => ({
    requests: requests(),
    losses: tally(screens.flatMap(({ losses }) => losses)),
    shown: tally(
      screens.flatMap((screen) =>
        screen.syncs().map(({ status, reason }) => `${status} ${reason ?? ''}`.trim()),
      ),
    ),
    totals: tally(screens.map((screen) => String(screen.total().data))),
  })
  return {
    screens,
    until,
    summary: () => last ?? summarize(),
    async untilEnds(count) {
      const before = screens.map((screen) => screen.ends())
      await until(() =>
        screens.every((screen, index) => screen.ends() >= (before[index] ?? 0) + count),
      )
    },
    async finish() {
      let isFinished = false
      const finished = Promise.all(screens.map((screen) => screen.finish())).then(() => {
        isFinished = true
        onNews()
      })
      await until(() => isFinished)
      await finished
    },
    loseSessions() {
      expected = Number.POSITIVE_INFINITY
      return () => {
        expected = unknownSessions()
      }
    },
    close() {
      last = summarize()
      for (const screen of screens) screen.close()
    },
  }
}

/** Refusals of a gateway that does not know the session. */
const unknownSession = /SESSION_NOT_FOUND|unsubscribe-batch 404/

function tally(words: string[]): Record<string, number> {
  return sumCounts(words.map((word) => ({ [word]: 1 })))
}
