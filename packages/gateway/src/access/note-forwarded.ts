import type { Logger } from 'pino'

/** Called for each request with `X-Forwarded-For`: logs once when the header is not trusted. */
export function createNoteForwarded(trustProxy: number, logger: Logger): () => void {
  let isSaid = trustProxy > 0
  return () => {
    if (isSaid) return
    isSaid = true
    logger.warn(
      'requests come with X-Forwarded-For, which is not trusted: everybody behind that proxy counts as one address. Set trustProxy to the number of your proxies',
    )
  }
}
