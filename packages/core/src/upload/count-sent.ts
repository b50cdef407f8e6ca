import { platformFetch } from '../options.ts'
import { toCountedBody } from './counted-body.ts'
import { sendByXhr } from './send-by-xhr.ts'
import type { Sent } from './sent.ts'

/**
 * Wraps `fetch` so that it reports the bytes sent. Browsers use `XMLHttpRequest`, because their
 * `fetch` has no upload progress. Other platforms count the bytes that `fetch` reads. With an
 * application's own `fetch`, only the end of the request is reported.
 *
 * @param onSent called repeatedly, the last time when the whole body is sent
 */
export function countSent(onSent: (sent: Sent) => void): (send: typeof fetch) => typeof fetch {
  return (send) =>
    async (input, init = {}) => {
      const { body } = init
      if (body instanceof FormData && send === platformFetch) {
        if (typeof XMLHttpRequest === 'undefined') {
          return send(input, { ...init, ...toCountedBody(body, init.headers, onSent) })
        }
        // XMLHttpRequest cannot omit the cookies of the page's own origin.
        if (init.credentials !== 'omit') return sendByXhr(String(input), init, onSent)
      }
      const response = await send(input, init)
      onSent(allOf(body))
      return response
    }
}

function allOf(body: unknown): Sent {
  const values = body instanceof FormData ? [...body.values()] : []
  const totalBytes = values.reduce(
    (sum, value) => sum + (typeof value === 'string' ? 0 : value.size),
    0,
  )
  return { sentBytes: totalBytes, totalBytes }
}
