/** The answer to a refresh: named as by Forge, or as by generated functions. */
export type TokenPair =
  | { access_token: string; refresh_token: string }
  | { accessToken: string; refreshToken: string }

/** Both tokens. Throws a `TypeError` for any other answer. */
export function toPair(pair: TokenPair): [token: string, refreshToken: string] {
  const tokens: [unknown, unknown] =
    'access_token' in pair
      ? [pair.access_token, pair.refresh_token]
      : [pair.accessToken, pair.refreshToken]
  if (isTokens(tokens)) return tokens
  throw new TypeError('A refresh must return access_token and refresh_token, both strings')
}

function isTokens(tokens: [unknown, unknown]): tokens is [string, string] {
  return tokens.every((token) => typeof token === 'string' && token !== '')
}
