import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * The password of the database in `directory`: a file beside it that only its owner may read. If
 * several processes create one at once, all get the same.
 */
export async function readPassword(directory: string, isNew: boolean): Promise<string> {
  const file = `${directory}.password`
  if (!isNew) {
    const known = await read(file)
    if (known !== '') return known
    throw new Error(`its password is not in ${file}; restore that file, or remove the folder`)
  }
  const password = randomBytes(24).toString('hex')
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx' })
    return password
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await chmod(file, 0o600)
  // Another process has created the file and is writing it now.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const known = await read(file)
    if (known !== '') return known
    await wait(50)
  }
  await writeFile(file, password)
  return password
}

/** Empty without a file. An unreadable file throws. */
function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}
