import type { Figure } from '../figures/figure.ts'
import { measureShown, type Shown } from './redis/measure.ts'
import { hasRedis } from './redis/start-redis.ts'
import { eachRound, ours } from './rounds.ts'
import { commandOf, median, note, type Rounds, ratio, say, short, title } from './table.ts'

const [alone, byHand] = ['no one', 'QueueEvents and better-sse'] as const

/** Reports what it costs to show the jobs of a queue of BullMQ on Redis, and how late they are. */
export async function reportRedis(rounds: number): Promise<Figure[]> {
  if (!hasRedis) {
    process.stderr.write('NOT MEASURED: redis needs redis-server (Debian: redis-server)\n')
    return []
  }
  const results: Rounds<Shown> = new Map()
  await eachRound(rounds, [alone, byHand, ours], async (name) => {
    note(results, name, await measureShown(name === alone ? null : name))
  })
  const fixed = (name: string, of: (result: Shown) => number): string =>
    median(results, name, of).toFixed(1)
  title('Jobs of BullMQ on Redis with ten reports each; Redis and workers on one processor')
  say(
    'shown by',
    'jobs per second',
    'CPU µs per job',
    'all shown after ms',
    'lag p50 ms',
    'lag p99 ms',
    'reports shown',
  )
  for (const name of [alone, byHand, ours]) {
    const rate = `${short(median(results, name, throughput))}  ${ratio(results, name, alone, throughput).toFixed(2)} x`
    if (name === alone) say(name, rate)
    else
      say(
        name,
        rate,
        fixed(name, cpuMicros),
        fixed(name, behindMs),
        fixed(name, p50),
        fixed(name, p99),
        percent(name),
      )
  }
  const command = commandOf('redis')
  const less = (name: string, of: (result: Shown) => number): Figure => ({
    command,
    name,
    ratio: ratio(results, ours, byHand, of),
    better: 'less',
  })
  return [
    {
      command,
      name: 'observed queue: jobs per second of its workers, times no observer',
      ratio: ratio(results, ours, alone, throughput),
      better: 'more',
    },
    less(`observed queue: CPU per job, times ${byHand}`, cpuMicros),
    less(`observed queue: median lag, times ${byHand}`, p50),
    less(`observed queue: lag p99, times ${byHand}`, p99),
  ]

  function percent(name: string): string {
    return `${Math.round(median(results, name, shown) * 100)} %`
  }
}

const throughput = (result: Shown): number => result.throughput
const cpuMicros = (result: Shown): number => result.cpuMicros
const behindMs = (result: Shown): number => result.behindMs
const p50 = (result: Shown): number => result.p50
const p99 = (result: Shown): number => result.p99
const shown = (result: Shown): number => result.shown
