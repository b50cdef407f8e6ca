import { readFileSync } from 'node:fs'

/** How often is looked, in milliseconds. */
const intervalMs = 250

/**
 * Calls back once when the process that started this one has ended, or, where Linux tells, the one that started that:
 * npm runs its scripts in a shell, which outlives some of the signals that end npm.
 */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const timer = setInterval(() => {
    // Another process has taken one of them over.
    if (process.ppid === parent && parentOf(parent) === grandparent) return
    clearInterval(timer)
    callback()
  }, intervalMs)
  timer.unref()
}

/** [proc(5)] the fourth field; the second is a name in parentheses. `null` where there is no such file. */
function parentOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? null
  } catch {
    return null
  }
}
