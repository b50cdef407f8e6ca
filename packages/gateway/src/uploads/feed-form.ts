import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { filesStopped, filesTooLarge } from '../refusals/uploads.ts'

/** How long a body may say nothing, in milliseconds: who sends nothing keeps others from sending. */
const silenceMs = 15_000

/**
 * Writes a body to the parser of a form, as fast as that takes it, until it ends or `refused` is aborted. Never
 * rejects: `refuse` is told of what is too much, too slow, or ends half way.
 */
export async function feedForm(
  form: Writable,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  refused: AbortSignal,
  refuse: (error: unknown) => void,
): Promise<void> {
  let length = 0
  const silence = setTimeout(() => refuse(filesStopped(silenceMs / 1_000)), silenceMs)
  try {
    for await (const chunk of chunks) {
      silence.refresh()
      length += chunk.length
      if (length > maxBytes) refuse(filesTooLarge(maxBytes))
      if (refused.aborted) return
      if (!form.write(chunk)) await once(form, 'drain', { signal: refused }).catch(() => undefined)
    }
    if (!refused.aborted) form.end()
  } catch (error) {
    refuse(error)
  } finally {
    clearTimeout(silence)
  }
}
