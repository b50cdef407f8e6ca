import { access, constants, mkdir } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { DemoError } from './demo-error.ts'

/**
 * Creates the folders that the demo writes to. Rejects with a {@link DemoError} if it may not write
 * to one; the message has the path, the user and the remedy.
 *
 * @param files the files that the demo writes; those that exist are checked too
 */
export async function makeFolders(folders: string[], files: string[]): Promise<void> {
  for (const folder of folders) {
    await withReason(folder, async () => {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.W_OK | constants.X_OK)
    })
  }
  for (const file of files) {
    await withReason(file, () => access(file, constants.W_OK).catch(unlessMissing))
  }
}

async function withReason(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { username } = userInfo()
    throw new DemoError(
      `The demo cannot write to ${path} as user ${username} (${reason}): make it theirs with chown -R ${username}, or choose another folder with HEADWAY_DATA=… npm run demo`,
    )
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
