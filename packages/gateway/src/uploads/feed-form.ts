import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { filesStopped, filesTooLarge } from '../refusals/uploads.ts'

/** The maximum silence of a body, in milliseconds: a silent client takes the place of others. */
const silenceMs = 15_000

/**
 * Writes a body to the parser of a form, at the parser's pace, until it ends or `refused` is
 * aborted. Never rejects: `refuse` gets the error of a body that is too large, too slow, or
 * incomplete.
 */
export async function feedForm(
  form: Writable,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
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
