import colors from 'picocolors'

/** Says what the demo does, and how long it took. */
export interface Steps {
  /** Does one thing, under its name. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  say(line: string): void
}

/** Steps on a terminal: the one under way is named at once, and marked when it is done. */
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
