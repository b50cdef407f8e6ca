import type { ResolvedOptions } from '../options.ts'

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
}

/**
 * The application's token, asked for before each attempt and each call.
 *
 * @param onToken told each answer: a session that was opened with another one is of no use any more
 */
export function createToken(
  { token }: Pick<ResolvedOptions, 'token'>,
  onToken: (token: string | null) => void,
): Token {
  let renewing: Promise<string | null> | null = null
  let newest: string | null = null

  const take = (answer: string | null | undefined): string | null => {
    newest = answer || null
    onToken(newest)
    return newest
  }
  return {
    async ask() {
      if (renewing) return renewing
      return token ? take(await token({ force: false })) : null
    },
    async renew(used) {
      if (!token) return used
      if (!renewing && newest !== used) return newest
      renewing ??= Promise.resolve(token({ force: true }))
        .then(take)
        .finally(() => {
          renewing = null
        })
      return renewing
    },
  }
}
