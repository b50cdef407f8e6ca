/** Frames that leave by a stream together, in their order. */
export interface Batch {
  /**
   * The batch with one more frame. Adding the same frame again returns the same batch: a thousand
   * streams with the same frames in one turn share one buffer.
   */
  add(frame: string): Batch
  /** The frames as they are. */
  bytes(): Buffer
  /**
   * The frames as one chunk of HTTP/1.1: a buffer for many streams, and for a single one text where
   * each letter is a byte, which a socket takes as `latin1` without a copy.
   *
   * @see RFC 9112, section 7.1
   */
  chunk(): Buffer | string
}

/** A batch without frames, for others to begin from. */
export function createBatch(): Batch {
  return new FrameBatch('', '')
}

/** A class, since one is made for each update that has a single reader. */
class FrameBatch implements Batch {
  readonly #frame: string
  readonly #text: string
  #next: FrameBatch | null = null
  #isShared = false
  #bytes: Buffer | null = null
  #chunk: Buffer | string | null = null

  constructor(before: string, frame: string) {
    this.#frame = frame
    this.#text = before + frame
  }

  add(frame: string): Batch {
    const next = this.#next
    if (next && next.#frame === frame) {
      next.#isShared = true
      return next
    }
    this.#next = new FrameBatch(this.#text, frame)
    return this.#next
  }

  bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.#text)
    return this.#bytes
  }

  chunk(): Buffer | string {
    this.#chunk ??= this.#toChunk()
    return this.#chunk
  }

  #toChunk(): Buffer | string {
    const size = Buffer.byteLength(this.#text)
    const chunk = `${size.toString(16)}\r\n${this.#text}\r\n`
    return this.#isShared || size !== this.#text.length ? Buffer.from(chunk) : chunk
  }
}
