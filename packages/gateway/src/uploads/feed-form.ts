import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { refuseUpload } from './refuse-upload.ts'

/** How much of a body is read and thrown away once it is refused: who still sends does not read the answer. */
const spareBytes = 64 * 1_048_576

/**
 * Writes a body to the parser of a form, as fast as that takes it. Once `refused` is aborted the rest is read for
 * nothing, so far as it is not too much. Never rejects: `onTrouble` is told.
 */
export async function feedForm(
  form: Writable,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  refused: AbortSignal,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  let length = 0
  try {
    for await (const chunk of chunks) {
      length += chunk.length
      if (length > maxBytes + spareBytes) return
      if (length > maxBytes && !refused.aborted) {
        onTrouble(
          refuseUpload('PAYLOAD_TOO_LARGE', `The files are larger than ${maxBytes} bytes in all`),
        )
      }
      if (refused.aborted || length > maxBytes || form.write(chunk)) continue
      await once(form, 'drain', { signal: refused }).catch(() => undefined)
    }
    if (!refused.aborted) form.end()
  } catch (error) {
    // It ended half way.
    onTrouble(error)
  }
}
