import { measureCommits } from './commit.ts'
import { insertRuns, startDatabase } from './database.ts'
import { type FanOut, measureFanOut } from './fan-out.ts'
import { peers } from './peers/index.ts'
import { start } from './processes.ts'
import { measureRecorder } from './recorder.ts'
import { measureStorm } from './storm.ts'
import { median, note, progress, type Rounds, ratio, say, short, title } from './table.ts'

/*
 * What the gateway costs: npm run bench:gateway [rounds]
 *
 * Servers and readers are processes of their own, the peers alternate, and every other round goes in
 * reverse. Only ratios within one round are compared, and their median counts.
 */

const rounds = Number(process.argv[2] ?? 5)
const [ours, raw, rival] = ['headway', 'node:http, response.write', 'better-sse'] as const
const names = Object.keys(peers)
const eachRound = async (who: readonly string[], measure: (name: string) => Promise<void>) => {
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? who : [...who].reverse()) {
      progress(`round ${round + 1} of ${rounds}: ${name}`)
      await measure(name)
    }
  }
  progress('')
}

for (const streams of [100, 1_000, 5_000]) {
  const results: Rounds<FanOut> = new Map()
  await eachRound(names, async (name) => note(results, name, await measureFanOut(name, streams)))
  title(`${short(streams)} streams: deliveries per second, and times ${raw}`)
  say('', 'one run, all', '16 runs, all', 'one run each', 'CPU µs (all)')
  for (const name of names) {
    const cell = (of: (result: FanOut) => number, unit = 1, digits?: number): string => {
      const value = median(results, name, of) / unit
      const text = digits === undefined ? short(value) : value.toFixed(digits)
      return `${text}  ${ratio(results, name, raw, of).toFixed(2)} x`
    }
    say(
      name,
      cell(({ broadcast }) => broadcast),
      cell(({ burst }) => burst),
      cell(({ unicast }) => unicast),
      cell(({ cpuMicros }) => cpuMicros, 1, 1),
    )
  }
  const toRival = ratio(results, ours, rival, ({ broadcast }) => broadcast)
  say(`one run, all: times ${rival}`, `${toRival.toFixed(2)} x`)
  // What a turn of one run costs them is what a turn of sixteen is compared with.
  const burst = (result: FanOut, single: FanOut | undefined): number =>
    result.burst / (single?.broadcast ?? Number.NaN)
  const bursts = new Map([
    ['burst', (results.get(ours) ?? []).map((result, n) => burst(result, results.get(raw)?.[n]))],
  ])
  const toSingle = median(bursts, 'burst', (value) => value)
  say('16 runs: times raw’s one run, all', `${toSingle.toFixed(2)} x`)
  // With fewer, what is loaded and compiled once would be taken for theirs.
  if (streams === 5_000) {
    title('Memory per idle stream with one registration, in KB')
    for (const name of names) {
      const memory = ({ memory }: FanOut): number => memory / 1_024
      say(
        name,
        `${median(results, name, memory).toFixed(1)}  ${ratio(results, name, raw, memory).toFixed(2)} x`,
      )
    }
  }
}

const database = await startDatabase()
const migrated = start<object, number>('serve-database.js', 0, ours, database.url)
await migrated.next()
await migrated.stop()
await insertRuns(database.client, 100_000)

const commits: Rounds<Awaited<ReturnType<typeof measureCommits>>> = new Map()
await eachRound([ours, rival], async (name) => {
  note(commits, name, await measureCommits(name, database, 1_000))
})
title(`From a commit to 1,000 watchers, in milliseconds, and times ${rival}`)
say('', 'p50', 'p99', 'the last of them')
for (const name of [ours, rival]) {
  const cell = (of: (result: { p50: number; p99: number; last: number }) => number): string =>
    `${median(commits, name, of).toFixed(1)}  ${ratio(commits, name, rival, of).toFixed(2)} x`
  say(
    name,
    cell(({ p50 }) => p50),
    cell(({ p99 }) => p99),
    cell(({ last }) => last),
  )
}

const storms: Rounds<number> = new Map()
const kinds = { [ours]: 10, [raw]: 10, [`${raw}, one POST`]: 1 }
await eachRound(Object.keys(kinds), async (name) => {
  note(storms, name, await measureStorm(name, kinds[name] ?? 10, database))
})
title(
  '10,000 clients come back, with 10 registrations each: until the last has its answers, in seconds',
)
for (const name of Object.keys(kinds)) {
  const seconds = median(storms, name, (ms) => ms / 1_000)
  say(name, `${seconds.toFixed(2)}  ${ratio(storms, name, raw, (ms) => ms).toFixed(2)} x`)
}

const recorded: Rounds<Awaited<ReturnType<typeof measureRecorder>>> = new Map()
await eachRound(['recorder'], async (name) =>
  note(recorded, name, await measureRecorder(database, 1_000)),
)
title('Progress of 16 writers: rows per second, and times an UPDATE each')
for (const way of ['plain', 'notified', 'recorder'] as const) {
  const rate = median(recorded, 'recorder', (result) => result[way])
  const times = median(recorded, 'recorder', (result) => result[way] / result.plain)
  say(
    { plain: 'an UPDATE each', notified: 'an UPDATE and a NOTIFY each', recorder: 'headway' }[way],
    `${short(rate)}  ${times.toFixed(2)} x`,
  )
}
await database.stop()
