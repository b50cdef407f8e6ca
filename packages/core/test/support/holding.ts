import { jobKind } from '../../src/kinds/job-kind.ts'
import type { Cell } from '../../src/registry/cell.ts'
import { createCellMap } from '../../src/registry/cell-map.ts'
import { createHolds } from '../../src/registry/holds.ts'
import { createServerClock } from '../../src/time/server-clock.ts'
import { createVirtualTime } from './virtual-time.ts'

/** A page that holds jobs, by id. */
export interface Holding {
  hold(id: string, onDropped?: () => void): Cell
  release(cell: Cell): void
  whenReady(id: string): Promise<void>
  /** The client closes. */
  close(): void
  reopen(): void
  /** Whether the page has a cell of the job. */
  has(id: string): boolean
  /** What was followed, and what was unfollowed when. */
  readonly log: readonly string[]
  advance(ms: number): Promise<void>
}

/** A page that keeps a cell for 1 s after its last release, and for 30 s after `ready()`. */
export function createHolding(): Holding {
  const { scheduler, advance } = createVirtualTime()
  const cells = createCellMap()
  const log: string[] = []
  let isClosed = false
  const clock = createServerClock(() => scheduler.now())
  const options = { scheduler, clock, keepAliveMs: 1_000, lingerMs: 30_000 }
  const holds = createHolds(options, cells, {
    follow: ({ item }) => void log.push(`follow ${item.id}`),
    unfollow: ({ item }) => void log.push(`${scheduler.now()} unfollow ${item.id}`),
    isClosed: () => isClosed,
  })
  const toArgs = (id: string) => [jobKind.toTarget(id), () => jobKind.toFold(id, true)] as const
  const close = (): void => {
    isClosed = true
    holds.close()
  }
  return {
    ...holds,
    hold: (id: string, onDropped?: () => void): Cell => holds.hold(...toArgs(id), onDropped),
    whenReady: (id: string): Promise<void> => holds.whenReady(...toArgs(id)),
    close,
    reopen: () => {
      isClosed = false
    },
    has: (id: string): boolean => cells.get('job', id) !== undefined,
    log,
    advance,
  }
}
