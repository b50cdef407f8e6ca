import type { Figure } from '../../figures/figure.ts'
import type { Latency } from '../commit.ts'
import type { Database } from '../database.ts'
import { eachRound } from '../rounds.ts'
import { commandOf, median, note, type Rounds, ratio, say, title } from '../table.ts'
import { measureClusterCommits } from './commits.ts'
import { reportNotify } from './report-notify.ts'
import { measureRequests, type RequestTimes } from './requests.ts'
import { measureIdle, measureMoving, startCountedDatabase } from './statements.ts'

const command = commandOf('cluster')

/** Reports what several gateways on one database cost, beside one. */
export async function reportCluster(rounds: number, database: Database): Promise<Figure[]> {
  return [
    ...(await reportClusterCommits(rounds, database)),
    ...(await reportStatements(rounds)),
    ...(await reportRequests(rounds, database)),
    ...(await reportNotify(rounds, database)),
  ]
}

async function reportClusterCommits(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<Latency> = new Map()
  const names = ['1 gateway', '4 gateways']
  await eachRound(rounds, names, async (name) => {
    const gateways = Number.parseInt(name, 10)
    note(results, name, await measureClusterCommits(database, gateways, 1_000))
  })
  const of = ({ last }: Latency): number => last
  title(
    'From a commit to 1,000 watchers, in milliseconds: p50, the last of them, times one gateway',
  )
  for (const name of names) {
    const cells = [median(results, name, ({ p50 }) => p50), median(results, name, of)]
    const times = ratio(results, name, '1 gateway', of)
    say(name, ...cells.map((cell) => cell.toFixed(1)), `${times.toFixed(2)} x`)
  }
  const name = 'from a commit to the last of 1,000 watchers at four gateways, times one gateway'
  return [{ command, name, ratio: ratio(results, '4 gateways', '1 gateway', of), better: 'less' }]
}

async function reportStatements(rounds: number): Promise<Figure[]> {
  const database = await startCountedDatabase()
  try {
    return [...(await reportMoving(rounds, database)), ...(await reportIdle(rounds, database))]
  } finally {
    await database.stop()
  }
}

async function reportMoving(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<number> = new Map()
  const names = ['1 gateway', '2 gateways', '4 gateways']
  await eachRound(rounds, names, async (name) => {
    const gateways = Number.parseInt(name, 10)
    note(results, name, (await measureMoving(database, gateways)) / gateways)
  })
  const of = (rate: number): number => rate
  title('1,000 jobs move once a second: statements per second and gateway, times a single gateway')
  for (const name of names) {
    const times = ratio(results, name, '1 gateway', of)
    say(name, median(results, name, of).toFixed(1), `${times.toFixed(2)} x`)
  }
  return names.slice(1).map((name) => ({
    command,
    name: `statements of each of ${name} that watch 1,000 moving jobs, times a single gateway`,
    ratio: ratio(results, name, '1 gateway', of),
    better: 'less',
  }))
}

async function reportIdle(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<number> = new Map()
  const [gateways, worker] = ['5 gateways', 'a worker with BullMQ']
  await eachRound(rounds, [gateways, worker], async (name) => {
    const rate = await measureIdle(database, name === gateways ? 5 : 0, name === worker)
    note(results, name, name === gateways ? rate / 5 : rate)
  })
  const each = median(results, gateways, (rate) => rate)
  title('Statements per second while nothing happens')
  say('each of 5 gateways', each.toFixed(2))
  say(worker, median(results, worker, (rate) => rate).toFixed(2))
  return [
    {
      command,
      name: 'statements of an idle gateway, times one per second',
      ratio: each,
      better: 'less',
    },
  ]
}

async function reportRequests(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<RequestTimes> = new Map()
  const [own, other] = ['at the gateway of the session', 'at another gateway']
  await eachRound(rounds, [own, other], async (name) => {
    note(results, name, await measureRequests(database, name === other))
  })
  title(
    'From POST /subscribe-batch to its answer, in milliseconds: p50, p99, times the own gateway',
  )
  const of = ({ p50 }: RequestTimes): number => p50
  for (const name of [own, other]) {
    const cells = [median(results, name, of), median(results, name, ({ p99 }) => p99)]
    const times = ratio(results, name, own, of)
    say(name, ...cells.map((cell) => cell.toFixed(1)), `${times.toFixed(2)} x`)
  }
  const name = 'a registration at another gateway, times the gateway of the session'
  return [{ command, name, ratio: ratio(results, other, own, of), better: 'less' }]
}
