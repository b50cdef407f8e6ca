/**
 * A URL that a link can be given: `http:`, `https:`, or relative. `undefined` for anything else,
 * such as `javascript:`, which would run in the page: a job's output is data, and may come from
 * another user.
 */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://relative')) return undefined
  const { protocol } = new URL(url, 'https://relative')
  return protocol === 'https:' || protocol === 'http:' ? url : undefined
}
