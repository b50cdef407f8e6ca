import type { Logger } from 'pino'

/** Called for each request with `X-Forwarded-For`: logs once when the header is not trusted. */
export function createNoteForwarded(trustProxy: number, logger: Logger): () => void {
  let isSaid = trustProxy > 0
  return () => {
    if (isSaid) return
    isSaid = true
    logger.warn(
      'requests have X-Forwarded-For, which is not trusted: all clients behind that proxy count ' +
        'as one address. Set trustProxy to the number of your proxies',
    )
  }
}
