import type { Figure } from '../figures/figure.ts'
import { type Latency, measureCommits } from './commit.ts'
import type { Database } from './database.ts'
import { measureRecorder, type Recorded } from './recorder.ts'
import { eachRound, ours, raw, rival } from './rounds.ts'
import { measureStorm } from './storm.ts'
import { commandOf, median, note, type Rounds, ratio, say, short, title } from './table.ts'

/** Reports the time from a commit to all watching clients. */
export async function reportCommits(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<Latency> = new Map()
  await eachRound(rounds, [ours, rival], async (name) => {
    note(results, name, await measureCommits(name, database, 1_000))
  })
  title(`From a commit to 1,000 watchers, in milliseconds, and times ${rival}`)
  say('', 'p50', 'p99', 'the last of them')
  for (const name of [ours, rival]) {
    const cell = (of: (result: Latency) => number): string =>
      `${median(results, name, of).toFixed(1)}  ${ratio(results, name, rival, of).toFixed(2)} x`
    say(
      name,
      cell(({ p50 }) => p50),
      cell(({ p99 }) => p99),
      cell(({ last }) => last),
    )
  }
  return [
    {
      command: commandOf('commit'),
      name: `from a commit to the last of 1,000 watchers, times ${rival}`,
      ratio: ratio(results, ours, rival, ({ last }) => last),
      better: 'less',
    },
  ]
}

/** Reports the time until all returning clients have their answers. */
export async function reportStorm(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<number> = new Map()
  const registrations = new Map([
    [ours as string, 10],
    [raw, 10],
    [`${raw}, one POST`, 1],
  ])
  const names = [...registrations.keys()]
  await eachRound(rounds, names, async (name) => {
    note(results, name, await measureStorm(name, registrations.get(name) ?? 10, database))
  })
  title(
    '10,000 clients come back, each with 10 registrations: seconds until the last has its answers',
  )
  for (const name of names) {
    const seconds = median(results, name, (ms) => ms / 1_000)
    say(name, `${seconds.toFixed(2)}  ${ratio(results, name, raw, (ms) => ms).toFixed(2)} x`)
  }
  return [
    {
      command: commandOf('storm'),
      name: `10,000 clients with ten registrations come back, times ${raw} that does nothing`,
      ratio: ratio(results, ours, raw, (ms) => ms),
      better: 'less',
    },
  ]
}

/** Reports how fast progress is written. */
export async function reportRecorder(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<Recorded> = new Map()
  await eachRound(rounds, [ours], async () => {
    note(results, ours, await measureRecorder(database, 1_000))
  })
  title('Progress of 16 writers: rows per second, and times an UPDATE each')
  const ways = {
    'an UPDATE each': ({ plain }: Recorded) => plain,
    'an UPDATE and a NOTIFY each': ({ notified }: Recorded) => notified,
    headway: ({ recorder }: Recorded) => recorder,
  }
  for (const [name, of] of Object.entries(ways)) {
    const times = median(results, ours, (result) => of(result) / result.plain)
    say(name, `${short(median(results, ours, of))}  ${times.toFixed(2)} x`)
  }
  const command = commandOf('recorder')
  const times = (of: (result: Recorded) => number): number => median(results, ours, of)
  return [
    {
      command,
      name: 'progress of 16 writers, times an UPDATE each',
      ratio: times(({ recorder, plain }) => recorder / plain),
      better: 'more',
    },
    {
      command,
      name: 'progress of 16 writers, times an UPDATE and a NOTIFY each',
      ratio: times(({ recorder, notified }) => recorder / notified),
      better: 'more',
    },
  ]
}
