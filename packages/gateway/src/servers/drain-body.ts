import type { NodeRequest } from './node-types.ts'

/** How much of a body is read for nothing once its request is answered. */
const spareBytes = 64 * 1_048_576
/** And for how long, in milliseconds. */
const spareMs = 10_000

/**
 * Reads what is left of the body of a request that was answered before its end, so far as it is not too much: who
 * still sends does not read the answer, and would only see its connection break.
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
