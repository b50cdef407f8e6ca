import { access, constants } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { DatabaseUser } from './database-user.ts'
import { wayTo } from './way-to.ts'

/** The facts about a failed start. */
export interface Failure {
  directory: string
  /** The user that runs PostgreSQL, when it is not the user of this process. */
  user: DatabaseUser | null
  error: unknown
  /** The last output of PostgreSQL. */
  log: readonly string[]
}

/** One line with the remedy. */
export async function explainFailure({ directory, user, error, log }: Failure): Promise<string> {
  const reason = error instanceof Error ? error.message : 'it ended at once'
  const words = [reason, ...log].join('\n')
  const fatal = log.join('\n').match(/(?:FATAL|PANIC|error):\s*(.+)/)?.[1]
  const start = `PostgreSQL cannot start on ${directory}`
  if (isError(error, 'EACCES', 'EPERM', 'EROFS') || /Permission denied/i.test(words)) {
    return `${start}: ${await explainDenial(directory, user, error)}${fatal ? ` (${fatal})` : ''}`
  }
  if (isError(error, 'ENOENT') && reason.startsWith('spawn ')) {
    return (
      `${start}: its programs need glibc, which this system does not have; ` +
      'use an image with glibc, or a PostgreSQL of your own'
    )
  }
  if (/Address already in use|could not bind/i.test(words)) {
    return `${start}: its port is taken; choose another`
  }
  if (/No space left|ENOSPC/i.test(words)) return `${start}: the disk is full`
  if (/incompatible|initialized by PostgreSQL version/i.test(words)) {
    return `${start}: another version of PostgreSQL created it; remove the folder to start afresh`
  }
  const library = words.match(/(\S+): cannot open shared object file/)?.[1]
  if (library) return `${start}: this machine does not have ${library}; install it`
  return `${start}: ${(fatal ?? reason).split('\n', 1)[0]}`
}

async function explainDenial(
  directory: string,
  user: DatabaseUser | null,
  error: unknown,
): Promise<string> {
  const own = userInfo()
  const who = user?.name ?? own.username
  if (isError(error, 'EROFS')) {
    return 'its file system is read-only; choose another directory'
  }
  const remedy = `change its owner (chown -R ${who}), or choose another directory`
  const folder = user ? null : await findDenied(directory)
  if (folder !== null) return `user ${who} may not write in ${folder}; ${remedy}`
  const path = (isError(error) && error.path) || directory
  return `user ${who} may not use ${path}; ${remedy}`
}

/**
 * The first folder on the way that this process may not enter, else the last existing one, if it
 * may not write in it.
 */
async function findDenied(path: string): Promise<string | null> {
  const may = (folder: string, mode: number): Promise<boolean> =>
    access(folder, mode).then(
      () => true,
      () => false,
    )
  let last = ''
  for (const folder of wayTo(path)) {
    if (!(await may(folder, constants.F_OK))) break
    if (!(await may(folder, constants.X_OK))) return folder
    last = folder
  }
  return (await may(last, constants.W_OK)) ? null : last
}

function isError(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  if (!(error instanceof Error && 'code' in error)) return false
  return codes.length === 0 || codes.includes(String(error.code))
}
