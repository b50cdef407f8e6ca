import { GenerateFailed } from '../errors.ts'

const reasons: Record<string, string> = {
  EACCES: 'this user has no right to it',
  EISDIR: 'it is a folder, and has to be a file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'something in its path is a file, and has to be a folder',
  EPERM: 'this user has no right to it',
  EROFS: 'nothing can be written there',
}

/**
 * Returns a `catch` handler that throws {@link GenerateFailed} with the path and a plain reason.
 */
export function failAt(path: string): (cause: unknown) => never {
  return (cause) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause))
    throw new GenerateFailed(`${path} cannot be used: ${reason}`, { cause })
  }
}
