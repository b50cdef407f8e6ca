import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * The password of the database in `directory`: beside it, for its owner's eyes only.
 * Of several processes that make one at once all get the same.
 */
export async function readPassword(directory: string, isNew: boolean): Promise<string> {
  const file = `${directory}.password`
  if (!isNew) {
    const known = await read(file)
    if (known !== '') return known
    throw new Error(`its password is not in ${file}; put it back, or remove the folder`)
  }
  const password = randomBytes(24).toString('hex')
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx' })
    return password
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await chmod(file, 0o600)
  // Who was faster has made the file, and writes it at this moment.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const known = await read(file)
    if (known !== '') return known
    await wait(50)
  }
  await writeFile(file, password)
  return password
}

/** Empty when there is none. One that we may not read is said by what it throws. */
function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}
