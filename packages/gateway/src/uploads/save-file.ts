import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fromPartName } from '@headway/core/protocol'
import { fileNameEmpty, fileTooLarge, typeNotTaken, typeNotTrue } from '../refusals/uploads.ts'
import { cleanFileName } from './file-name.ts'
import { magicLength, mayBegin } from './magic-bytes.ts'
import { UploadedFile } from './uploaded-file.ts'

/** A part of a form that holds a file, as it arrives. */
export interface FilePart {
  partName: string
  /** The name of the file; without one, that of its part is used. */
  fileName: string | undefined
  type: string
  bytes: Readable
}

/**
 * Writes a file to `path` as it arrives. Rejects with an `HttpError` when it is too large, its type
 * is not accepted, its content contradicts its type, or its name has no allowed characters.
 */
export async function saveFile(
  { partName, fileName, type, bytes }: FilePart,
  path: string,
  { maxFileBytes, types }: { maxFileBytes: number; types: readonly string[] },
  signal: AbortSignal,
): Promise<UploadedFile> {
  const name = cleanFileName(fileName || (fromPartName(partName)?.at(-1) ?? ''))
  if (name === null) {
    throw fileNameEmpty(partName)
  }
  if (!types.some((pattern) => isOfType(type, pattern))) {
    throw typeNotTaken(partName, type, types)
  }
  let size = 0
  let head: Buffer = Buffer.alloc(0)
  const checkHead = (): void => {
    if (mayBegin(type, head)) return
    throw typeNotTrue(partName, type)
  }
  const check = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxFileBytes) {
        throw fileTooLarge(partName, maxFileBytes)
      }
      if (head.length < magicLength) {
        head = Buffer.concat([head, chunk]).subarray(0, magicLength)
        if (head.length === magicLength) checkHead()
      }
      yield chunk
    }
    checkHead()
  }
  await pipeline(bytes, check, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal })
  return new UploadedFile(path, { name, type, size })
}

/** The type matches a pattern such as `image/*`. Pure. */
function isOfType(type: string, pattern: string): boolean {
  if (pattern === '*/*') return true
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
