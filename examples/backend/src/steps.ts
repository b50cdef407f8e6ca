import colors from 'picocolors'

/** Prints the demo's steps, and how long each took. */
export interface Steps {
  /** Runs `work` and prints its name, with a mark for success or failure. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  say(line: string): void
}

/** Steps printed to `output`. A terminal shows the current step before it ends. */
export function createSteps(output: NodeJS.WriteStream): Steps {
  const write = (text: string): void => void output.write(text)
  const clear = output.isTTY ? '\r\u001b[2K' : ''
  return {
    async step(name, work) {
      const startedAt = performance.now()
      if (output.isTTY) write(colors.dim(`  … ${name}`))
      try {
        const result = await work()
        const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
        write(`${clear}  ${colors.green('✔')} ${name} ${colors.dim(`${seconds} s`)}\n`)
        return result
      } catch (error) {
        write(`${clear}  ${colors.red('✘')} ${name}\n`)
        throw error
      }
    },
    say: (line) => write(`${line}\n`),
  }
}
