import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'

/** Limits on files. */
export interface UploadOptions {
  /** The maximum size of a call with files, in bytes. Default 20 MiB. */
  maxBytes?: number
  /** The maximum size of each file, in bytes. Default 10 MiB. */
  maxFileBytes?: number
  /** The maximum number of files in one call. Default 20. */
  maxFiles?: number
  /** The maximum number of calls with files under way. Default 32. */
  maxUnderWay?: number
  /**
   * The maximum number of them from one user, or from one address of anonymous clients. Default 8.
   */
  maxUnderWayPerUser?: number
  /** The maximum time for the files of one call to arrive, in seconds. Default 300. */
  timeoutSecs?: number
  /**
   * The folder for files while a mutation runs; each call has a folder of its own in it. Default:
   * the system's folder for temporary files.
   */
  directory?: string
}

/** Limits on the files of one mutation. */
export interface FileRules {
  /**
   * The maximum size of the call, and of each file in it, in bytes: replaces the gateway's limits.
   */
  maxBytes?: number
  /** The maximum number of files. Default: the gateway's limit. */
  maxFiles?: number
  /** The types it takes, such as `text/csv` or `image/*`. Default: any. */
  types?: readonly string[]
}

/** Throws a `ConfigurationError` about an invalid rule. */
export function checkFileRules(rules: FileRules | boolean): void {
  if (typeof rules === 'boolean') return
  const { maxBytes = 1, maxFiles = 1, types = [] } = rules
  whole('files.maxBytes', maxBytes)
  whole('files.maxFiles', maxFiles)
  if (rules.types && types.length === 0) {
    throw new ConfigurationError('files.types is empty: leave it out to take any type')
  }
  const unknown = types.find((type) => !/^[a-z0-9.+-]+\/(\*|[a-z0-9.+-]+)$/.test(type))
  if (unknown === undefined) return
  throw new ConfigurationError(
    `files.types has "${unknown}": give types in lower case, such as "text/csv" or "image/*"`,
  )
}

/** The options with every default. Throws a `ConfigurationError` about a wrong option. */
export function resolveUploadOptions(options: UploadOptions = {}): Required<UploadOptions> {
  const { maxBytes = 20 * 1_048_576, maxFileBytes = 10 * 1_048_576 } = options
  return {
    maxBytes: whole('uploads.maxBytes', maxBytes),
    maxFileBytes: whole('uploads.maxFileBytes', maxFileBytes),
    maxFiles: whole('uploads.maxFiles', options.maxFiles ?? 20),
    maxUnderWay: whole('uploads.maxUnderWay', options.maxUnderWay ?? 32),
    maxUnderWayPerUser: whole('uploads.maxUnderWayPerUser', options.maxUnderWayPerUser ?? 8),
    timeoutSecs: positive('uploads.timeoutSecs', options.timeoutSecs ?? 300),
    directory: writable('uploads.directory', options.directory ?? tmpdir()),
  }
}

function writable(name: string, directory: string): string {
  try {
    accessSync(directory, constants.W_OK)
    return directory
  } catch (cause) {
    throw new ConfigurationError(`${name} is "${directory}": give a folder to write to`, { cause })
  }
}
