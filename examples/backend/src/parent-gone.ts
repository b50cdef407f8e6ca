/** How often is looked, in milliseconds. */
const intervalMs = 250

/** Calls back once when the process that started this one has ended. */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    // Another process has taken it over.
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, intervalMs)
  timer.unref()
}
