import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DatabaseUser, findClosed, findDatabaseUser, ownerOf } from './database-user.ts'
import type { Programs } from './programs.ts'

/** The user that runs PostgreSQL for root: the owner of existing data. */
export async function userOf(directory: string, isNew: boolean): Promise<DatabaseUser> {
  if (isNew) return findDatabaseUser()
  const data = await realpath(directory)
  const owner = await ownerOf(data)
  if (owner === null) {
    const { name } = await findDatabaseUser()
    throw new Error(`its files belong to root, which PostgreSQL refuses; chown -R ${name} ${data}`)
  }
  const closed = await findClosed(owner, data)
  if (closed === null) return owner
  throw new Error(
    `${owner.name}, the owner of its files, may not enter ${closed}; ` +
      'open that folder (chmod o+x), or choose another directory',
  )
}

/** Says one line when PostgreSQL's user may not enter the directory. */
export async function reportPlaces(
  say: (line: string) => void,
  user: DatabaseUser,
  { directory, data, programs }: { directory: string; data: string; programs: Programs },
): Promise<void> {
  const closed = (await findClosed(user, dirname(directory))) ?? programs.closedTo
  if (closed === null) return
  const things = [
    ...((await realpath(dirname(directory))) === dirname(data) ? [] : [`its data is in ${data}`]),
    ...(programs.closedTo === null ? [] : [`its programs are in ${dirname(programs.postgres)}`]),
  ]
  say(`PostgreSQL runs as ${user.name}, which may not use ${closed}: ${things.join(', ')}`)
}

export function sayOnError(line: string): void {
  process.stderr.write(`${line}\n`)
}
