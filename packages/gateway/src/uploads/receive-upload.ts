import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HttpError } from '../errors.ts'
import type { ApiRequest } from '../http/api-request.ts'
import { type Limits, readForm } from './read-form.ts'
import type { FileRules, UploadOptions } from './upload-options.ts'

/** Takes in calls with files. */
export interface Uploads {
  /**
   * Writes the files of a request to the disk, and hands its arguments, with the files in them, to `use`. When that
   * is over, however it ended, what is left of the files is removed. Rejects with an `HttpError` about what is
   * refused.
   */
  receive<T>(
    request: ApiRequest,
    rules: FileRules,
    use: (args: Record<string, unknown>) => Promise<T>,
  ): Promise<T>
}

/** Takes in calls with files, so many at the same time. */
export function createUploads(options: Required<UploadOptions>): Uploads {
  let underWay = 0
  return {
    async receive(request, rules, use) {
      if (underWay >= options.maxUnderWay) {
        throw new HttpError('Too many files are on their way: try again', {
          status: 503,
          code: 'SERVICE_UNAVAILABLE',
          retryAfterSecs: 5,
        })
      }
      underWay += 1
      let folder: string | undefined
      try {
        folder = await mkdtemp(join(options.directory, 'headway-upload-'))
        return await use(await readForm(request, folder, toLimits(options, rules)))
      } finally {
        underWay -= 1
        if (folder) await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

function toLimits(options: Required<UploadOptions>, rules: FileRules): Limits {
  const { maxBytes, maxFileBytes, maxFiles, timeoutSecs } = options
  return {
    maxBytes: rules.maxBytes ?? maxBytes,
    maxFileBytes: rules.maxBytes ?? maxFileBytes,
    maxFiles: rules.maxFiles ?? maxFiles,
    types: rules.types ?? ['*/*'],
    timeoutSecs,
  }
}
