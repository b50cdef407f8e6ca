import type { NodeRequest } from './node-types.ts'

/** The number of bytes of a body that are still read after the answer. */
const spareBytes = 64 * 1_048_576
/** And for how long, in milliseconds. */
const spareMs = 10_000

/**
 * Reads the rest of a body after an early answer, up to a limit. A client that is still sending
 * does not read the answer, and would only see its connection break.
 */
export function drainBody(request: NodeRequest): void {
  const { socket } = request
  let left = spareBytes
  const timer = setTimeout(() => socket.destroy(), spareMs).unref()
  const stop = (): void => clearTimeout(timer)
  request.once('end', stop).once('close', stop)
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) socket.destroy()
  })
}
