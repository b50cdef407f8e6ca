/** A request that calls, starts or watches a function. */
export interface Sent {
  /** The name that the server knows it by. */
  function: string
  /** Below `/_api`. */
  path: string
  /** Its JSON, or the parts of its form in their order. */
  body: unknown
  /** The answer, without the parts that differ each time. */
  answer: unknown
}

/** A `fetch` that notes what calls, starts or watches a function. */
export function createTap(fetch: typeof globalThis.fetch): {
  fetch: typeof globalThis.fetch
  sent: Sent[]
} {
  const sent: Sent[] = []
  return {
    sent,
    async fetch(input, init) {
      const request = {
        url: String(input instanceof Request ? input.url : input),
        body: init?.body,
      }
      const path = new URL(request.url).pathname.replace(/^.*\/_api/, '')
      if (!/^\/(rpc\/|subscribe$)/.test(path)) return fetch(input, init)
      const body = await describeBody(request.body)
      const response = await fetch(input, init)
      const answer = describeAnswer(response.status, await response.clone().json())
      sent.push({ function: nameIn(path, body), path, body, answer })
      return response
    },
  }
}

async function describeBody(body: unknown): Promise<unknown> {
  if (!(body instanceof FormData)) return withoutSession(JSON.parse(String(body)))
  return Promise.all(
    [...body].map(async ([name, value]) =>
      typeof value === 'string'
        ? { name, json: JSON.parse(value) }
        : { name, file: value.name, type: value.type, text: await value.text() },
    ),
  )
}

/** A request on a stream has its session, and a number that the client chose. */
function withoutSession(body: Record<string, unknown>): unknown {
  const { session_id, session_secret, id, ...rest } = body
  return rest
}

function nameIn(path: string, body: unknown): string {
  const [, name = ''] = path.match(/^\/rpc\/([^/]+)/) ?? []
  if (name !== '') return decodeURIComponent(name)
  const isNamed = typeof body === 'object' && body !== null && 'function' in body
  return isNamed ? String(body.function) : ''
}

/** `{ data }`, or `{ status, error }` of what was refused. */
function describeAnswer(status: number, { data, error }: Record<string, unknown>): unknown {
  return error === undefined ? { data: data ?? null } : { status, error }
}
