import type { Figure } from '../figures/figure.ts'
import { type ListCost, measureLists } from './lists.ts'
import { ours } from './rounds.ts'
import { commandOf, median, note, type Rounds, say, short, title } from './table.ts'

const runs = 1_000_000

/** Reports how long lists take over a million runs, and what they cost who writes. */
export async function reportLists(rounds: number): Promise<Figure[]> {
  const results: Rounds<ListCost> = new Map()
  for (let round = 0; round < rounds; round += 1) note(results, ours, await measureLists(runs))
  const of = (pick: (cost: ListCost) => number): number => median(results, ours, pick)
  title('GET /_api/runs, 20 of 1,000,000 runs, half of them the caller’s')
  say('', 'p99')
  const names = Object.keys(results.get(ours)?.[0]?.pages ?? {})
  for (const name of names) {
    say(name, `${of(({ pages }) => pages[name] ?? Number.NaN).toFixed(1)} ms`)
  }
  const one = of((cost) => cost.one)
  say('one run by its id', `${one.toFixed(1)} ms`)
  title('Runs that start and end')
  say('with lists', `${short(of(({ lives }) => lives))} / s`)
  say('without', `${short(of(({ livesWithout }) => livesWithout))} / s`)
  const command = commandOf('lists')
  return [
    {
      command,
      name: 'p99 of the slowest page of 20 of 1,000,000 runs, times one run by its id',
      ratio: of(({ pages, one }) => Math.max(...Object.values(pages)) / one),
      better: 'less',
    },
    {
      command,
      name: 'runs that start and end, times without what lists need',
      ratio: of(({ lives, livesWithout }) => lives / livesWithout),
      better: 'more',
    },
  ]
}
