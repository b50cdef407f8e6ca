import colors from 'picocolors'
import { quantile } from './commit.ts'

/** The measurements of each round, by server. */
export type Rounds<T> = Map<string, T[]>

/** Adds one round of a server. */
export function note<T>(rounds: Rounds<T>, name: string, result: T): void {
  rounds.set(name, [...(rounds.get(name) ?? []), result])
}

/** The median over all rounds. */
export function median<T>(rounds: Rounds<T>, name: string, of: (result: T) => number): number {
  return quantile((rounds.get(name) ?? []).map(of), 0.5)
}

/** The median of the ratios to another server in the same round, since noise on a machine lasts. */
export function ratio<T>(
  rounds: Rounds<T>,
  name: string,
  other: string,
  of: (result: T) => number,
): number {
  const others = (rounds.get(other) ?? []).map(of)
  const ratios = (rounds.get(name) ?? []).map((result, round) => {
    return of(result) / (others[round] ?? Number.NaN)
  })
  return quantile(ratios, 0.5)
}

/** The command that measures a part of this bench again. */
export function commandOf(part: string): string {
  return `npm run bench:gateway -- ${part}`
}

/** One line of a table on the terminal. */
export function say(...cells: string[]): void {
  const [first = '', ...rest] = cells
  process.stdout.write(`${first.padEnd(34)}${rest.map((cell) => cell.padStart(20)).join('')}\n`)
}

export function title(text: string): void {
  process.stdout.write(`\n${colors.bold(text)}\n`)
}

/** Shows the current measurement on a terminal. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
}

/** A number as `12 k` or `1.35 M`. */
export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`
  return value >= 1e4 ? `${Math.round(value / 1e3)} k` : String(Math.round(value))
}
