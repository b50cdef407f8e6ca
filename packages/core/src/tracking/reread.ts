import type { Subscription } from 'rxjs'
import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import type { Registrar } from './registrar.ts'

/** The longest silence after which an unfinished run is read again, in milliseconds. */
const maxQuietMs = 300_000

/**
 * Reads again what has been silent for a while, ever more rarely: a server without revisions may
 * read a snapshot before it registers, and what changed in between it never tells.
 */
export function rereadQuiet(
  { quietMs, scheduler, elapsed }: Pick<ResolvedOptions, 'quietMs' | 'scheduler' | 'elapsed'>,
  followed: ReadonlySet<Cell>,
  registrar: Registrar,
): Subscription {
  return after(quietMs, scheduler, quietMs).subscribe(() => {
    const now = elapsed()
    for (const cell of followed) {
      const limitMs = Math.max(cell.quietMs, quietMs)
      if (now - cell.heardAt < limitMs) continue
      cell.quietMs = Math.min(maxQuietMs, limitMs * 2)
      registrar.add(cell)
    }
  })
}
