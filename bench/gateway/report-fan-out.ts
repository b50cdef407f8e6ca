import type { Figure } from '../figures/figure.ts'
import type { Database } from './database.ts'
import { type FanOut, measureFanOut } from './fan-out.ts'
import { onRows, ours, raw, rival } from './rounds.ts'
import {
  commandOf,
  median,
  note,
  progress,
  type Rounds,
  ratio,
  say,
  short,
  title,
} from './table.ts'

const names = [ours, onRows, raw, rival]

/** Reports the deliveries per second of each server, for a number of streams. */
export async function reportFanOut(
  rounds: number,
  streams: number,
  database: Database,
): Promise<Figure[]> {
  const results: Rounds<FanOut> = new Map()
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds}: ${streams} streams`)
    // The order alternates, because the server whose memory is measured first has an advantage.
    const order = round % 2 === 0 ? names : [...names].reverse()
    for (const [name, slices] of await measureFanOut(order, streams, database)) {
      for (const slice of slices) note(results, name, slice)
    }
  }
  progress('')
  // With fewer streams the code that loads once would count as memory of the streams.
  const hasMemory = streams >= 5_000
  printFanOut(results, streams, hasMemory)
  const command = commandOf(String(streams))
  const more = (name: string, ratio: number): Figure => ({ command, name, ratio, better: 'more' })
  const less = (name: string, ratio: number): Figure => ({ command, name, ratio, better: 'less' })
  const to = (name: string, of: (result: FanOut) => number): number => ratio(results, name, raw, of)
  const ofBoth = [ours, onRows].flatMap((name) => [
    more(`${name}: one run, all, times ${raw}`, to(name, broadcast)),
    more(`${name}: one run each, times ${raw}`, to(name, unicast)),
    more(`${name}: 16 runs at once, times what ${raw} writes singly`, burstToSingle(results, name)),
  ])
  return [
    ...ofBoth,
    less(`${ours}: CPU of one run, all, times ${raw}`, to(ours, cpuMicros)),
    more(`${ours}: one run, all, times ${rival}`, ratio(results, ours, rival, broadcast)),
    ...(hasMemory
      ? [
          less(`${ours}: memory per idle stream, times ${raw}`, to(ours, memory)),
          less(
            `${ours}: memory per idle stream, times ${rival}`,
            ratio(results, ours, rival, memory),
          ),
        ]
      : []),
  ]
}

const broadcast = (result: FanOut): number => result.broadcast
const burst = (result: FanOut): number => result.burst
const unicast = (result: FanOut): number => result.unicast
const cpuMicros = (result: FanOut): number => result.cpuMicros
const memory = (result: FanOut): number => result.memory

function printFanOut(results: Rounds<FanOut>, streams: number, hasMemory: boolean): void {
  const cell = (name: string, of: (result: FanOut) => number, show = short): string =>
    `${show(median(results, name, of))}  ${ratio(results, name, raw, of).toFixed(2)} x`
  const fixed = (value: number): string => value.toFixed(1)
  title(`${short(streams)} streams: deliveries per second, and times ${raw}`)
  say('', 'one run, all', '16 runs, all', 'one run each', 'CPU µs (all)')
  for (const name of names) {
    say(
      name,
      cell(name, broadcast),
      cell(name, burst),
      cell(name, unicast),
      cell(name, cpuMicros, fixed),
    )
  }
  say(`16 runs: times raw’s one run, all`, `${burstToSingle(results, ours).toFixed(2)} x`)
  if (!hasMemory) return
  title('Memory per idle stream with one registration, in KB')
  const kilobytes = (bytes: number): string => fixed(bytes / 1_024)
  for (const name of names) say(name, cell(name, memory, kilobytes))
}

/** Compares turns of sixteen runs with raw's turns of one. */
function burstToSingle(results: Rounds<FanOut>, name: string): number {
  const theirs = results.get(raw) ?? []
  const times = (results.get(name) ?? []).map((result, round) => {
    return burst(result) / (theirs[round]?.broadcast ?? Number.NaN)
  })
  return median(new Map([[name, times]]), name, (value) => value)
}
