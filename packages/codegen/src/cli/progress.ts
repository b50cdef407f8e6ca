/** The stream for progress: `process.stderr`. */
export interface ProgressStream {
  isTTY?: boolean
  write(text: string): unknown
}

/** One line that shows progress, and disappears afterwards. */
export interface Progress {
  update(done: number, total: number): void
  clear(): void
}

const clearLine = '\r\u001b[2K'

/** Shows progress on a terminal, once for each percent. Files and pipes get nothing. */
export function createProgress(stream: ProgressStream, label: string): Progress {
  let shown = -1
  return {
    update(done, total) {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
      if (stream.isTTY !== true || percent === shown) return
      shown = percent
      stream.write(`${clearLine}${label} ${percent} % (${done} of ${total} files)`)
    },
    clear() {
      if (shown >= 0) stream.write(clearLine)
      shown = -1
    },
  }
}
