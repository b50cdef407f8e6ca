import {
  type Database,
  databases,
  type Framework,
  frameworks,
} from '../../../packages/create-headway/src/compose/choices.ts'

/** A framework and a database that `create-headway` offers. */
export type Combination = readonly [framework: Framework, database: Database]

/**
 * All of them, so ordered that any seven in a row have every framework, and any three every
 * database.
 */
export const combinations: readonly Combination[] = (() => {
  const [first, second] = [keysOf(frameworks), keysOf(databases)]
  const rounds = second.map((_, round) =>
    first.map((framework, index): Combination => {
      const database = second[(index + round) % second.length] ?? 'embedded'
      return [framework, database]
    }),
  )
  return rounds.flat()
})()

/**
 * The combinations that a run tries: a third of them, another one each day, so that three days try
 * all.
 *
 * @param day days since 1970
 */
export function combinationsOf(day: number): readonly Combination[] {
  const size = combinations.length / 3
  const start = (day % 3) * size
  return combinations.slice(start, start + size)
}

function keysOf<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record) as (keyof T)[]
}
