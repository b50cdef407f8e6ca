/** A `fetch` that counts what was asked, and how it was answered. */
export interface CountedFetch {
  fetch: typeof fetch
  /**
   * The number of answers by method, path, status and, for a refusal, its code: such as
   * `POST /_api/subscribe-batch 404 SESSION_NOT_FOUND`.
   */
  readonly counts: Readonly<Record<string, number>>
  /** The number of streams that were opened. */
  streams(): number
}

/**
 * Counts the requests of one client.
 *
 * @param onRefused called after each refusal
 */
export function countFetch(fetch: typeof globalThis.fetch, onRefused: () => void): CountedFetch {
  const counts: Record<string, number> = {}
  return {
    counts,
    streams: () =>
      Object.entries(counts).reduce(
        (sum, [key, count]) => (/^\w+ \/_api\/events 200$/.test(key) ? sum + count : sum),
        0,
      ),
    async fetch(input, init) {
      const response = await fetch(input, init)
      const { pathname } = new URL(String(input))
      const path = pathname.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '{id}')
      const code = response.ok ? '' : ` ${await codeOf(response.clone())}`
      const key = `${init?.method ?? 'GET'} ${path} ${response.status}${code}`
      counts[key] = (counts[key] ?? 0) + 1
      if (!response.ok) onRefused()
      return response
    },
  }
}

async function codeOf(response: Response): Promise<string> {
  const body = await response.json().catch(() => null)
  return body?.error?.code ?? body?.code ?? 'no code'
}

/** The sum of the counts of several clients. */
export function sumCounts(all: readonly Readonly<Record<string, number>>[]) {
  const sum: Record<string, number> = {}
  for (const counts of all) {
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(sum).sort(([a], [b]) => a.localeCompare(b)))
}
