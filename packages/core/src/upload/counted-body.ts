import { createKey } from '../tracking/sending.ts'
import type { Sent } from './sent.ts'

const pieceBytes = 65_536

/**
 * A form as a stream that reports the bytes read from it. A `Blob` made of `Blob`s copies none of
 * them, so large files are not held in memory.
 *
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
export function toCountedBody(
  form: FormData,
  headers: RequestInit['headers'],
  onSent: (sent: Sent) => void,
): RequestInit {
  const boundary = `headway-${createKey()}`
  const parts = [...form].flatMap(([name, value]) => [
    `--${boundary}\r\n${headOf(name, value)}\r\n\r\n`,
    value,
    '\r\n',
  ])
  const whole = new Blob([...parts, `--${boundary}--\r\n`])
  const type = new Headers(headers)
  type.set('content-type', `multipart/form-data; boundary=${boundary}`)
  // [Fetch, RequestInit.duplex] Required for a stream: it is sent before the answer is read.
  const init: RequestInit & { duplex: 'half' } = {
    body: counted(whole, onSent),
    headers: type,
    duplex: 'half',
  }
  return init
}

/** The bytes of a file, in small pieces for a smooth progress. A piece counts when it is read. */
function counted(file: Blob, onSent: (sent: Sent) => void): ReadableStream<Uint8Array> {
  const reader = file.stream().getReader()
  const totalBytes = file.size
  let sentBytes = 0
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array()
  return new ReadableStream(
    {
      async pull(controller) {
        if (rest.length === 0) {
          const { done, value } = await reader.read()
          if (done) return controller.close()
          rest = value
        }
        const piece = rest.subarray(0, pieceBytes)
        rest = rest.subarray(pieceBytes)
        sentBytes += piece.length
        controller.enqueue(piece)
        onSent({ sentBytes, totalBytes })
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

function headOf(name: string, value: FormDataEntryValue): string {
  const head = `Content-Disposition: form-data; name="${escaped(name)}"`
  if (typeof value === 'string') return head
  const type = value.type || 'application/octet-stream'
  return `${head}; filename="${escaped(value.name)}"\r\nContent-Type: ${type}`
}

/** [HTML, multipart/form-data] The escape for field names and filenames. */
function escaped(text: string): string {
  return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}
