import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Lines } from './lines.ts'
import type { WorkerProcess } from './worker-process.ts'

/** The longest cut, in milliseconds. */
export const longestCutMs = 120_000

/** What the page can do to the demo. */
type Control = (parameters: URLSearchParams) => Promise<object | null>

/** The number of an answer for something that is not possible at the moment. */
const conflict = 409

/**
 * The requests by which the page cuts its line and kills the worker: `POST /demo/cut?line=…`,
 * `/demo/connect?line=…`, `/demo/kill-worker`. False if the path is none of them.
 */
export function createControls(
  lines: Lines,
  worker: Pick<WorkerProcess, 'kill'>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const controls = new Map<string, Control>([
    [
      '/demo/cut',
      async (parameters) => {
        lines.cut(parameters.get('line') ?? '')
        return { longestMs: longestCutMs }
      },
    ],
    [
      '/demo/connect',
      async (parameters) => {
        lines.connect(parameters.get('line') ?? '')
        return {}
      },
    ],
    ['/demo/kill-worker', () => worker.kill()],
  ])
  return (request, response) => {
    const [path = '', query] = (request.url ?? '').split('?')
    const control = controls.get(path)
    if (!control) return false
    const refusal = refusalOf(request)
    if (refusal) {
      response.writeHead(refusal, { Allow: 'POST' }).end()
      return true
    }
    control(new URLSearchParams(query)).then(
      (done) => {
        response.writeHead(done ? 200 : conflict, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(done))
      },
      () => response.destroy(),
    )
    return true
  }
}

/** Only the demo's page may do this: another site open in the browser may not. */
function refusalOf({ method, headers }: IncomingMessage): number | null {
  if (method !== 'POST') return 405
  return (headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin' ? null : 403
}
