import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/**
 * A file that came with a call. It lies on the disk while `run` runs, and is gone then, unless it was moved: nothing
 * of it is in memory that was not asked for.
 */
export class UploadedFile {
  /** As it was called where it came from, made safe to be kept under. */
  readonly name: string
  /** What it is said to be, such as `text/csv`. */
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

  /** It is no JSON: throws, rather than be answered as what it is not. */
  toJSON(): never {
    throw new TypeError(`${this.name} came with a call: it is no JSON, return a Blob of its bytes`)
  }

  /** Where it lies now. */
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
   * Moves it where it stays, over what is there; its owner alone may read it (mode 600). A file is no part of the mutation's transaction: what fails after
   * this leaves it there.
   */
  async moveTo(path: string): Promise<void> {
    try {
      await rename(this.#path, path)
    } catch (error) {
      // On another disk. What was there is replaced whole, or not at all.
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

/** Whether a value is a file that came with a call: what a schema asks, as in `z.custom<UploadedFile>(isUploadedFile)`. */
export function isUploadedFile(value: unknown): value is UploadedFile {
  return value instanceof UploadedFile
}
