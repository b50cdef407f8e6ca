import type { Sent } from './sent.ts'

/** [Fetch, null body status] A `Response` of these statuses throws if it is given a body. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

/** Sends a request like `fetch`, but by `XMLHttpRequest`, which reports upload progress. */
export function sendByXhr(
  url: string,
  { method = 'POST', headers, body, credentials, signal }: RequestInit,
  onSent: (sent: Sent) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const report = ({ loaded, total }: ProgressEvent): void =>
      onSent({ sentBytes: loaded, totalBytes: total })
    const abort = (): void => {
      xhr.abort()
      reject(signal?.reason)
    }
    xhr.open(method, url)
    xhr.responseType = 'blob'
    xhr.withCredentials = credentials === 'include'
    new Headers(headers).forEach((value, name) => {
      xhr.setRequestHeader(name, value)
    })
    xhr.upload.onprogress = report
    xhr.upload.onload = report
    xhr.onerror = () => reject(new TypeError('The connection failed'))
    xhr.onload = () => {
      const { status, response } = xhr
      const received = withoutBody.has(status) ? null : response
      resolve(new Response(received, { status, headers: toHeaders(xhr.getAllResponseHeaders()) }))
    }
    xhr.onloadend = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort)
    // `countSent` passes only forms to this function.
    xhr.send(body instanceof FormData ? body : null)
  })
}

/** [XHR, getAllResponseHeaders] One `name: value` per line. */
function toHeaders(lines: string): Headers {
  const headers = new Headers()
  for (const line of lines.trim().split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return headers
}
