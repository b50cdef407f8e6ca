/** What a stream holds, piece by piece. Whoever stops early leaves the rest in it. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      yield piece.value
    }
  } finally {
    reader.releaseLock()
  }
}
