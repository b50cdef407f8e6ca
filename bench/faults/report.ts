import type { Figure } from '../figures/figure.ts'
import { median, type Rounds, ratio, say, title } from '../gateway/table.ts'
import type { Run } from './command-line.ts'
import { drainMs } from './deploy.ts'
import type { Outcome } from './outcome.ts'
import { ours } from './peers.ts'

/** The most time that a deploy may take: the drain of the last server, and five seconds more. */
const goalMs = drainMs + 5_000

const titles: Record<Run['scenario'], string> = {
  drops: 'lose their connection for 2 s, again and again',
  deploy: `see three servers replaced, each over ${drainMs / 1_000} s`,
}

const delivered = (outcome: Outcome): number => outcome.delivered
const rightMs = (outcome: Outcome): number => outcome.rightMs
const endMs = (outcome: Outcome): number => outcome.endMs

/** Prints the table of a scenario. */
export function printTable({ scenario, clients }: Run, results: Rounds<Outcome>): void {
  title(`${clients} clients with ten jobs ${titles[scenario]}`)
  say(
    '',
    'ends delivered',
    'states backwards',
    's until all right',
    's to an end, p99',
    'shown before',
  )
  for (const name of results.keys()) {
    const of = (value: (outcome: Outcome) => number): number => median(results, name, value)
    say(
      name,
      percent(of(delivered)),
      String(of(({ backwards }) => backwards)),
      seconds(of(rightMs)),
      seconds(of(endMs)),
      percent(of(({ shown }) => shown)),
    )
  }
  if (scenario === 'deploy') say('goal', percent(1), '0', seconds(goalMs))
}

/** Our figures: as parts of all, beside each peer, and beside the goal. */
export function toFigures(command: string, { scenario }: Run, results: Rounds<Outcome>): Figure[] {
  if (!results.has(ours)) return []
  const part = (name: string, value: (outcome: Outcome) => number): Figure => {
    return { command, name, ratio: median(results, ours, value), better: 'more' }
  }
  const rivals = [...results.keys()].filter((name) => name !== ours)
  const toGoal: Figure = {
    command,
    name: `seconds until every screen is right, times the goal of ${goalMs / 1_000}`,
    ratio: median(results, ours, rightMs) / goalMs,
    better: 'less',
  }
  return [
    part('ends delivered, times all', delivered),
    part('clients without a state backwards, times all', ({ steady }) => steady),
    ...rivals.flatMap((rival): Figure[] => [
      {
        command,
        name: `ends delivered, times ${rival}`,
        ratio: ratio(results, ours, rival, delivered),
        better: 'more',
      },
      {
        command,
        name: `seconds until every screen is right, times ${rival}`,
        ratio: ratio(results, ours, rival, rightMs),
        better: 'less',
      },
      {
        command,
        name: `seconds from an end to 99 of 100 screens, times ${rival}`,
        ratio: ratio(results, ours, rival, endMs),
        better: 'less',
      },
    ]),
    ...(scenario === 'deploy' ? [toGoal] : []),
  ]
}

/** Rounded down: 100.0 % means all. */
function percent(part: number): string {
  return `${(Math.floor(part * 1_000) / 10).toFixed(1)} %`
}

function seconds(ms: number): string {
  return Number.isNaN(ms) ? 'never' : (ms / 1_000).toFixed(2)
}
