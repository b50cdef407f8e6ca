import type { Figure } from '../figures/figure.ts'
import type { Database } from './database.ts'
import { measureQueries, type QueryCost } from './queries.ts'
import { eachRound, ours } from './rounds.ts'
import { commandOf, median, note, type Rounds, ratio, say, short, title } from './table.ts'

const naive = 'asking again for each'

/** Reports the cost of live queries for the database, and their delay. */
export async function reportQueries(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<QueryCost> = new Map()
  await eachRound(rounds, [ours, naive], async (name) => {
    note(results, name, await measureQueries(name === ours ? 'headway' : 'naive', database))
  })
  title('1,000 live queries, 10 of them distinct, on a table of 1,000 writes a second')
  say('', 'writes / s', 'statements / s', 'behind, first third', 'behind, last third')
  for (const name of [ours, naive]) {
    const of = (pick: (result: QueryCost) => number): number => median(results, name, pick)
    say(
      name,
      short(of(({ writes }) => writes)),
      short(of(({ statements }) => statements)),
      `${of(({ early }) => early).toFixed(0)} ms`,
      `${of(({ late }) => late).toFixed(0)} ms`,
    )
  }
  return [
    {
      command: commandOf('queries'),
      name: `statements for 1,000 live queries, times ${naive}`,
      ratio: ratio(results, ours, naive, ({ statements }) => statements),
      better: 'less',
    },
  ]
}
