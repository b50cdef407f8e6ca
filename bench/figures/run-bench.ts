import { readCommandLine } from './command-line.ts'
import type { Figure } from './figure.ts'
import { createKeeper } from './keep.ts'

/** A bench as its command line offers it. */
export interface Bench {
  help: string
  /** The names of its parts. */
  parts: readonly string[]
  /** Measures these parts in this number of rounds. */
  measure(parts: readonly string[], rounds: number): Promise<Figure[]>
}

/** Measures the parts that the command line names; compares and records them on request. */
export async function runBench({ help, parts, measure }: Bench): Promise<void> {
  const asked = readCommandLine(process.argv.slice(2), parts)
  if (asked.type === 'help') return void process.stdout.write(help)
  if (asked.type === 'wrong') {
    process.stderr.write(`${asked.what}\n\n${help}`)
    process.exitCode = 1
    return
  }
  const keep = createKeeper(asked.keeping)
  keep(await measure(asked.parts, asked.rounds))
}
