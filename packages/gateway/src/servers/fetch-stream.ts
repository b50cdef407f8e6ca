import type { Reply, Sink } from '../messages/reply.ts'
import { unreadMs } from './when-over.ts'

/** The number of bytes that a stream may hold before its reader counts as slow. */
const highWaterMark = 65_536

/** The body of a stream, until the request is aborted. */
export function toStreamBody(
  open: Extract<Reply, { type: 'stream' }>['open'],
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  let drained = (): void => undefined
  let closed = (): void => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOver = false
        let writtenBytes = 0
        let unread: NodeJS.Timeout | undefined
        const takenBytes = (): number =>
          writtenBytes - highWaterMark + (controller.desiredSize ?? 0)
        const cut = (reason: unknown): void => {
          closed()
          controller.error(reason)
        }
        const expectProgress = (): void => {
          const before = takenBytes()
          unread = setTimeout(() => {
            if (takenBytes() > before) expectProgress()
            else cut(new Error('The stream was not read for a minute'))
          }, unreadMs).unref()
        }
        const sink: Sink = {
          write(batch) {
            if (isOver) return false
            const bytes = batch.bytes()
            writtenBytes += bytes.length
            controller.enqueue(bytes)
            return (controller.desiredSize ?? 0) > 0
          },
          expectReading(isExpected) {
            clearTimeout(unread)
            if (isExpected) expectProgress()
          },
          end() {
            if (isOver) return
            controller.close()
            closed()
          },
        }
        const listener = open(sink)
        drained = listener.drained
        const abort = (): void => cut(signal.reason)
        closed = () => {
          if (isOver) return
          isOver = true
          clearTimeout(unread)
          signal.removeEventListener('abort', abort)
          listener.closed()
        }
        // The response of an aborted request may be neither read nor cancelled.
        if (signal.aborted) abort()
        else signal.addEventListener('abort', abort)
      },
      pull: () => drained(),
      cancel: () => closed(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark }),
  )
}
