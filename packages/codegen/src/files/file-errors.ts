import { GenerateFailed } from '../errors.ts'

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EISDIR: 'it must be a file, and is a folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
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
