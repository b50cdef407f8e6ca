import { capabilitiesHeader } from '@headway/core/protocol'
import { toMatcher } from './origins.ts'

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

/**
 * The headers that allow a page of another origin to send requests; empty for origins that are not
 * on the list. Pure.
 */
export type Cors = (origin: string | null, isPreflight: boolean) => Record<string, string>

/**
 * @param origins such as `https://app.example.com`, `https://*.example.com` for all of its
 *   subdomains, and `capacitor://localhost`. `*` and `null` are refused: requests carry credentials
 */
export function createCors(origins: readonly string[]): Cors {
  const isAllowed = toMatcher(origins)
  return (origin, isPreflight) => {
    // [Fetch, HTTP cache] A response that depends on the origin carries `Vary`, for every origin.
    const vary = origins.length > 0 ? { Vary: 'Origin' } : {}
    if (origin === null || !isAllowed(origin)) return vary
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
