import { platformFetch } from '../options.ts'
import { toCountedBody } from './counted-body.ts'
import { sendByXhr } from './send-by-xhr.ts'
import type { Sent } from './sent.ts'

/**
 * Sends as `fetch` does, and says how much of the body is out: in browsers by `XMLHttpRequest`, since their `fetch`
 * does not say; elsewhere by counting what it reads. What an application has made its own `fetch` is not replaced.
 *
 * @param onSent told again and again; the last time once all is out
 */
export function countSent(onSent: (sent: Sent) => void): (send: typeof fetch) => typeof fetch {
  return (send) =>
    async (input, init = {}) => {
      const { body } = init
      if (body instanceof FormData && send === platformFetch) {
        if (typeof XMLHttpRequest === 'undefined') {
          return send(input, { ...init, ...toCountedBody(body, init.headers, onSent) })
        }
        // Which sends the page's own cookies, whatever it is told.
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
