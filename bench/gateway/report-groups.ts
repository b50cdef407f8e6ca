import type { Figure } from '../figures/figure.ts'
import { type GroupCost, measureGroups } from './groups.ts'
import { ours } from './rounds.ts'
import { commandOf, median, note, type Rounds, say, short, title } from './table.ts'

const children = 100_000

/** Reports what a group of many children costs those who read it and those who write them. */
export async function reportGroups(rounds: number): Promise<Figure[]> {
  const results: Rounds<GroupCost> = new Map()
  for (let round = 0; round < rounds; round += 1) note(results, ours, await measureGroups(children))
  const of = (pick: (cost: GroupCost) => number): number => median(results, ours, pick)
  title('A read of a group, p99')
  say('100,000 children', `${of(({ large }) => large).toFixed(2)} ms`)
  say('20 children', `${of(({ small }) => small).toFixed(2)} ms`)
  say('a child’s end is counted', `${of(({ lag }) => lag).toFixed(0)} ms later (median)`)
  title('Runs that start, report and end, of 8 writers')
  say('children of one group', `${short(of((cost) => cost.children))} / s`)
  say('runs of their own', `${short(of((cost) => cost.alone))} / s`)
  const command = commandOf('groups')
  return [
    {
      command,
      name: 'p99 of a read of a group with 100,000 children, times one with 20',
      ratio: of(({ large, small }) => large / small),
      better: 'less',
    },
    {
      command,
      name: 'children that start, report and end, times runs of their own',
      ratio: of((cost) => cost.children / cost.alone),
      better: 'more',
    },
  ]
}
