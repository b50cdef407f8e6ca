const pieceBytes = 262_144

/**
 * The bytes of a file, a piece at a time. Each piece is a read of its own: unlike a stream of a
 * `Blob`, stopping early leaves nothing open.
 */
export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    yield new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer())
  }
}
