import { parseArgs } from 'node:util'
import type { Keeping } from './keep.ts'

/** The arguments of a bench, parsed. */
export type Asked =
  | { type: 'run'; parts: string[]; rounds: number; keeping: Keeping }
  | { type: 'help' }
  /** `what` says what is wrong, as a sentence. */
  | { type: 'wrong'; what: string }

/** The help text for keeping figures. */
export const keepingHelp = `--compare lists each figure that fell by more than a tenth against bench/RESULTS.md, and exits
          with 1 if there is one.
--record  writes the ratios there, with the current commit.`

/** Reads `[part…] [--rounds 5] [--compare] [--record]`; without parts it means all. Pure. */
export function readCommandLine(args: string[], known: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '5' },
        compare: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { type: 'help' }
    const unknown = positionals.find((part) => !known.includes(part))
    if (unknown !== undefined) return { type: 'wrong', what: `There is no part "${unknown}".` }
    const rounds = Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 1) {
      return { type: 'wrong', what: `--rounds is "${values.rounds}": it must be 1 or more.` }
    }
    const parts = known.filter((part) => positionals.length === 0 || positionals.includes(part))
    return { type: 'run', parts, rounds, keeping: values }
  } catch (error) {
    return { type: 'wrong', what: error instanceof Error ? error.message : String(error) }
  }
}
