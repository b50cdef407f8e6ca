import { type FanOut, measureFanOut } from './fan-out.ts'
import { eachRound, ours, raw, rival } from './rounds.ts'
import { median, note, type Rounds, ratio, say, short, title } from './table.ts'

const names = [ours, raw, rival]

/** What so many streams are told in a second, by everybody. */
export async function reportFanOut(rounds: number, streams: number): Promise<void> {
  const results: Rounds<FanOut> = new Map()
  await eachRound(rounds, names, async (name) => {
    note(results, name, await measureFanOut(name, streams))
  })
  const cell = (name: string, of: (result: FanOut) => number, show = short): string =>
    `${show(median(results, name, of))}  ${ratio(results, name, raw, of).toFixed(2)} x`
  const fixed = (value: number): string => value.toFixed(1)

  title(`${short(streams)} streams: deliveries per second, and times ${raw}`)
  say('', 'one run, all', '16 runs, all', 'one run each', 'CPU µs (all)')
  for (const name of names) {
    say(
      name,
      cell(name, ({ broadcast }) => broadcast),
      cell(name, ({ burst }) => burst),
      cell(name, ({ unicast }) => unicast),
      cell(name, ({ cpuMicros }) => cpuMicros, fixed),
    )
  }
  const toRival = ratio(results, ours, rival, ({ broadcast }) => broadcast)
  say(`one run, all: times ${rival}`, `${toRival.toFixed(2)} x`)
  say('16 runs: times raw’s one run, all', `${burstToSingle(results).toFixed(2)} x`)
  // With fewer, what is loaded and compiled once would be taken for theirs.
  if (streams < 5_000) return
  title('Memory per idle stream with one registration, in KB')
  for (const name of names) {
    say(
      name,
      cell(name, ({ memory }) => memory / 1_024, fixed),
    )
  }
}

/** Our turns of sixteen runs beside their turns of one. */
function burstToSingle(results: Rounds<FanOut>): number {
  const theirs = results.get(raw) ?? []
  const times = (results.get(ours) ?? []).map(({ burst }, round) => {
    return burst / (theirs[round]?.broadcast ?? Number.NaN)
  })
  return median(new Map([[ours, times]]), ours, (value) => value)
}
