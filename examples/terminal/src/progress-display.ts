import { SingleBar } from 'cli-progress'

/** The progress of the export on a terminal. */
export interface ProgressDisplay {
  show(percent: number | null, caption: string): void
  /** Ends the bar, so that a last line can follow. */
  end(): void
}

/** A bar on a terminal; elsewhere a line for each 10 % and each new first word of the caption. */
export function createProgressDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  return output.isTTY ? createBar(output) : createLines(output)
}

function createBar(stream: NodeJS.WriteStream): ProgressDisplay {
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage} % · {duration} s · {caption}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // Ctrl-C cancels the export here, and the bar shows that.
    gracefulExit: false,
  })
  bar.start(100, 0, { caption: 'starting' })
  return {
    show: (percent, caption) => bar.update(percent ?? 0, { caption }),
    end: () => bar.stop(),
  }
}

function createLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let last = ''
  return {
    show(percent, caption) {
      const key = `${Math.floor((percent ?? 0) / 10)} ${caption.split(' ', 1)[0]}`
      if (key === last) return
      last = key
      stream.write(`${percent ?? 0} % ${caption}\n`)
    },
    end: () => undefined,
  }
}
