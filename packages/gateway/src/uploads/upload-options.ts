import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'

/** How much may come in files. */
export interface UploadOptions {
  /** How large a call with files may be, in bytes. Default 20 MiB. */
  maxBytes?: number
  /** How large each file may be, in bytes. Default 10 MiB. */
  maxFileBytes?: number
  /** How many files one call may have. Default 20. */
  maxFiles?: number
  /** How many calls with files may be under way at the same time. Default 32. */
  maxUnderWay?: number
  /** How many of them one user's, or of an address that says nothing of its user. Default 8. */
  maxUnderWayPerUser?: number
  /** How long the files of one call may take to arrive, in seconds. Default 300. */
  timeoutSecs?: number
  /** Where files lie while a mutation runs, each call's in a folder of its own. Default: that of the system. */
  directory?: string
}

/** What a mutation takes of files. */
export interface FileRules {
  /** How large the call, and each file in it, may be, in bytes: instead of the gateway's limits. */
  maxBytes?: number
  /** How many files it may have. Default: the gateway's limit. */
  maxFiles?: number
  /** The types it takes, such as `text/csv` or `image/*`. Default: any. */
  types?: readonly string[]
}

/** Throws a `ConfigurationError` about rules that cannot be. */
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

/** Every default of uploads, once. Throws a `ConfigurationError` about what cannot be. */
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
