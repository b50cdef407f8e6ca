import { isRecord } from '../protocol/json.ts'
import {
  type FakeHandler,
  fileAnswer,
  isRefusal,
  refusals,
  success,
  toResponse,
} from './fake-answers.ts'
import { readFakeBody } from './fake-body.ts'
import type { FakeRequest } from './fake-gateway-api.ts'

/**
 * Answers a request with the first handler whose pattern matches its method and path.
 *
 * @param handlers by pattern, such as `GET /jobs/([^/]+)`
 * @param clock the time for answers outside the subscribe family; `null` on Forge
 */
export async function answerFake(
  handlers: Record<string, FakeHandler>,
  request: FakeRequest,
  clock: (() => number) | null,
): Promise<Response> {
  for (const [pattern, handle] of Object.entries(handlers)) {
    const match = `${request.method} ${request.path}`.match(new RegExp(`^${pattern}$`))
    if (!match) continue
    const [, ...groups] = match.map((part) => decodeURIComponent(part ?? ''))
    const data = await handle(groups, request)
    if (isRefusal(data)) return toResponse(data)
    if (data instanceof Response) return data
    if (data instanceof Blob) return fileAnswer(data)
    if (!request.path.includes('subscribe')) {
      return success({ data, ...(clock && { now: clock() }) })
    }
    const isRegistration = request.path.startsWith('/subscribe') && !request.path.endsWith('batch')
    return success(isRegistration && isRecord(data) ? data : { data })
  }
  return toResponse(refusals.noRoute)
}

/** The arguments of `fetch` as a request. */
export function readFakeRequest(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): FakeRequest {
  const url = new URL(input instanceof Request ? input.url : String(input), 'http://fake')
  return {
    method: init?.method ?? 'GET',
    path: url.pathname.slice(url.pathname.indexOf('/_api') + '/_api'.length),
    params: url.searchParams,
    body: readFakeBody(init?.body),
    headers: new Headers(init?.headers),
  }
}
