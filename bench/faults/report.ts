import type { Figure } from '../figures/figure.ts'
import { median, type Rounds, ratio, say, title } from '../gateway/table.ts'
import type { Run } from './command-line.ts'
import { drainMs } from './deploy.ts'
import type { Outcome } from './outcome.ts'
import { ours } from './peers.ts'

/** The most seconds of a deploy: the drain of the last server, and five to come back. */
const goalMs = drainMs + 5_000

const titles = {
  drops: 'lose their connection for 2 s, again and again',
  deploy: `see three servers replaced, each over ${drainMs / 1_000} s`,
}

/** Prints the table of a scenario, and returns our figures. */
export function report({ scenario, clients }: Run, results: Rounds<Outcome>): Figure[] {
  title(`${clients} clients with ten jobs ${titles[scenario]}`)
  say('', 'ends delivered', 'states backwards', 'seconds until right', 'shown before')
  const of = (name: string, value: (outcome: Outcome) => number): number =>
    median(results, name, value)
  for (const name of results.keys()) {
    say(
      name,
      percent(of(name, ({ delivered }) => delivered)),
      String(of(name, ({ backwards }) => backwards)),
      seconds(of(name, ({ rightMs }) => rightMs)),
      percent(of(name, ({ shown }) => shown)),
    )
  }
  if (scenario === 'deploy') say('goal', '100.0 %', '0', seconds(goalMs), '')
  if (!results.has(ours)) return []
  const command = `npm run bench:faults -- ${scenario} ${clients}`
  const share = (name: string, value: (outcome: Outcome) => number): Figure => ({
    command,
    name,
    ratio: of(ours, value),
    better: 'more',
  })
  const beside = [...results.keys()].flatMap((name): Figure[] => {
    if (name === ours) return []
    const figure = (what: string, better: Figure['better'], value: typeof delivered): Figure => ({
      command,
      name: `${what}, times ${name}`,
      ratio: ratio(results, ours, name, value),
      better,
    })
    return [
      figure('ends delivered', 'more', delivered),
      figure('seconds until every screen is right', 'less', ({ rightMs }) => rightMs),
    ]
  })
  return [
    share('ends delivered, times all', delivered),
    share('clients without a state backwards, times all', ({ steady }) => steady),
    ...beside,
    ...(scenario === 'deploy'
      ? [
          {
            command,
            name: `seconds until every screen is right, times the goal of ${goalMs / 1_000}`,
            ratio: of(ours, ({ rightMs }) => rightMs / goalMs),
            better: 'less' as const,
          },
        ]
      : []),
  ]
}

const delivered = (outcome: Outcome): number => outcome.delivered

/** Rounded down: 100.0 % means all. */
function percent(part: number): string {
  return `${(Math.floor(part * 1_000) / 10).toFixed(1)} %`
}

function seconds(ms: number): string {
  return Number.isNaN(ms) ? 'never' : (ms / 1_000).toFixed(2)
}
