import { readFileSync } from 'node:fs'

/** The time between two checks, in milliseconds. */
const intervalMs = 250

/**
 * Calls back once when the parent process has ended. On Linux it watches the grandparent too: npm
 * runs scripts in a shell, and the shell survives some signals that end npm.
 */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const timer = setInterval(() => {
    // A process whose parent ends gets another parent.
    if (process.ppid === parent && parentOf(parent) === grandparent) return
    clearInterval(timer)
    callback()
  }, intervalMs)
  timer.unref()
}

/**
 * [proc(5)] The fourth field; the second is a name in parentheses. `null` on systems without /proc.
 */
function parentOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? null
  } catch {
    return null
  }
}
