import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { folderPrefix, removeLeftOver } from './left-over.ts'
import { type FormRequest, type Limits, readForm } from './read-form.ts'
import { createUnderWay } from './under-way.ts'
import type { FileRules, UploadOptions } from './upload-options.ts'

/** Takes in calls with files. */
export interface Uploads {
  /**
   * Writes the files of a request to disk, and passes its arguments, with the files in them, to
   * `use`. When `use` has ended, the remaining files are removed. Rejects with an `HttpError` when
   * the upload is refused.
   *
   * @param whose the key by which uploads under way are counted
   */
  receive<T>(
    request: FormRequest,
    whose: string,
    rules: FileRules,
    use: (args: Record<string, unknown>) => Promise<T>,
  ): Promise<T>
}

/** Accepts calls with files, up to the limits of `options`. */
export function createUploads(options: Required<UploadOptions>, logger: Logger): Uploads {
  const enter = createUnderWay(options)
  removeLeftOver(options.directory, Date.now()).catch((error: unknown) => {
    logger.warn({ err: error }, 'files of earlier uploads could not be removed')
  })
  return {
    async receive(request, whose, rules, use) {
      const leave = enter(whose)
      let folder: string | undefined
      try {
        folder = await mkdtemp(join(options.directory, folderPrefix))
        return await use(await readForm(request, folder, toLimits(options, rules)))
      } finally {
        leave()
        // The call has ended: its result stands even if its files cannot be removed.
        if (folder) await rm(folder, { recursive: true, force: true }).catch(noteLeft(logger))
      }
    },
  }
}

function noteLeft(logger: Logger): (error: unknown) => void {
  return (error) => logger.error({ err: error }, 'the files of an upload could not be removed')
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
