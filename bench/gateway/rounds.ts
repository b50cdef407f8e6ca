import { progress } from './table.ts'

/** The measured servers, by their names in the tables. */
export const [ours, raw, rival] = ['headway', 'node:http, response.write', 'better-sse'] as const

/** The gateway over a database; its peers send states from memory. */
export const onRows = 'headway, rows of PostgreSQL'

/** Measures all servers per round, in reverse every other time, so that none is always first. */
export async function eachRound(
  rounds: number,
  who: readonly string[],
  measure: (name: string) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? who : [...who].reverse()) {
      progress(`round ${round + 1} of ${rounds}: ${name}`)
      await measure(name)
    }
  }
  progress('')
}
