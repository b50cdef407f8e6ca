/**
 * The URL if it is safe in a link: `http:`, `https:` or relative; otherwise `undefined`. A job's
 * output is data, possibly of another user, and a `javascript:` URL in it would run in the page.
 */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://relative')) return undefined
  const { protocol } = new URL(url, 'https://relative')
  return protocol === 'https:' || protocol === 'http:' ? url : undefined
}
