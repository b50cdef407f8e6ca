import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/**
 * A file that came with a call. It is on disk while `run` runs and removed afterwards, unless it
 * was moved. Its content is in memory only if you read it.
 */
export class UploadedFile {
  /** The name of the file on the client, made safe to use as a file name on this disk. */
  readonly name: string
  /** The type that the client declared, such as `text/csv`. */
  readonly type: string
  /** In bytes. */
  readonly size: number
  #path: string

  constructor(path: string, { name, type, size }: { name: string; type: string; size: number }) {
    this.#path = path
    this.name = name
    this.type = type
    this.size = size
  }

  /** Throws, since JSON cannot hold a file. Return a `Blob` of its bytes instead. */
  toJSON(): never {
    throw new TypeError(`${this.name} is an uploaded file, not JSON: return a Blob of its bytes`)
  }

  /** The current place of the file. */
  get path(): string {
    return this.#path
  }

  /** Its bytes, a piece at a time. */
  stream(): ReadableStream<Uint8Array> {
    return Readable.toWeb(createReadStream(this.#path))
  }

  /** All of its bytes. */
  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return readFile(this.#path)
  }

  /** All of it, as UTF-8. */
  text(): Promise<string> {
    return readFile(this.#path, 'utf8')
  }

  /**
   * Moves the file to a permanent place and replaces a file there; only its owner may read it (mode
   * 600). A file is not part of the mutation's transaction: it stays there if the mutation fails
   * later.
   */
  async moveTo(path: string): Promise<void> {
    try {
      await rename(this.#path, path)
    } catch (error) {
      // On another disk. The old file is replaced as a whole, or not at all.
      if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
      const beside = `${path}.${randomUUID()}.part`
      try {
        await copyFile(this.#path, beside)
        await rename(beside, path)
      } finally {
        await rm(beside, { force: true })
      }
    }
    this.#path = path
  }
}

/**
 * True if the value is a file that came with a call. Use it in schemas:
 * `z.custom<UploadedFile>(isUploadedFile)`.
 */
export function isUploadedFile(value: unknown): value is UploadedFile {
  return value instanceof UploadedFile
}
