import type { Figure } from '../figures/figure.ts'
import type { Database } from './database.ts'
import { eachRound, ours } from './rounds.ts'
import { commandOf, median, note, type Rounds, ratio, say, short, title } from './table.ts'
import { measureSteps, measureTransitions, type StepLatency } from './workflows.ts'

const bare = 'DBOS alone'

/** Reports the speed of workflows, and the time until a client shows a step. */
export async function reportWorkflows(rounds: number, database: Database): Promise<Figure[]> {
  const steps: Rounds<number> = new Map()
  await eachRound(rounds, [ours, bare], async (name) => {
    note(steps, name, await measureSteps(name, database, 1_000, 10))
  })
  title(`1,000 workflows of ten steps at the same time: steps per second, and times ${bare}`)
  for (const name of [ours, bare]) {
    const rate = (result: number): number => result
    say(name, `${short(median(steps, name, rate))}  ${ratio(steps, name, bare, rate).toFixed(2)} x`)
  }
  const latency: Rounds<StepLatency> = new Map()
  await eachRound(rounds, [ours], async () => {
    note(latency, ours, await measureTransitions(database))
  })
  title('From the end of a step to a client that shows it, in milliseconds')
  say('', 'p50', 'p99')
  say(
    ours,
    median(latency, ours, ({ p50 }) => p50).toFixed(1),
    median(latency, ours, ({ p99 }) => p99).toFixed(1),
  )
  return [
    {
      command: commandOf('workflows'),
      name: `1,000 workflows of ten steps at once, steps per second, times ${bare}`,
      ratio: ratio(steps, ours, bare, (rate) => rate),
      better: 'more',
    },
  ]
}
