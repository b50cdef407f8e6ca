import { capabilitiesHeader } from '@headway/core/protocol'
import { ConfigurationError } from '../errors.ts'

const methods = 'GET, POST, OPTIONS'
const requestHeaders = [
  'content-type',
  'authorization',
  'accept',
  'x-forge-csrf',
  'x-forge-platform',
  'x-idempotency-key',
  'x-correlation-id',
  'x-session-id',
  'x-trace-id',
  'x-span-id',
  'traceparent',
].join(', ')
const exposedHeaders = [
  'Retry-After',
  'X-Request-Id',
  'X-Headway-Answer',
  capabilitiesHeader,
  'Content-Disposition',
].join(', ')

/** The headers that let a page of another origin ask; none for origins that are not on the list. Pure. */
export type Cors = (origin: string | null, isPreflight: boolean) => Record<string, string>

/** @param origins such as `https://app.example.com`; `*` is refused, since requests carry credentials */
export function createCors(origins: readonly string[]): Cors {
  for (const origin of origins) {
    if (isOrigin(origin)) continue
    throw new ConfigurationError(
      `cors.origins has "${origin}": give origins, such as "https://app.example.com", and no path`,
    )
  }
  const allowed = new Set(origins)
  return (origin, isPreflight) => {
    // [Fetch, HTTP cache] what depends on the origin says so, also to those it is not for.
    const vary = allowed.size > 0 ? { Vary: 'Origin' } : {}
    if (origin === null || !allowed.has(origin)) return vary
    return {
      ...vary,
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': exposedHeaders,
      ...(isPreflight && {
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': requestHeaders,
        'Access-Control-Max-Age': '86400',
      }),
    }
  }
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text
  } catch {
    return false
  }
}
