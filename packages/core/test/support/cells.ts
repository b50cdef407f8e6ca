import { type Session, toSession } from '../../src/connection/session.ts'
import { jobKind } from '../../src/kinds/job-kind.ts'
import type { Target } from '../../src/kinds/kind.ts'
import { queryKind } from '../../src/kinds/query-kind.ts'
import { type Capability, capabilities } from '../../src/protocol/server-event.ts'
import type { JobSnapshot } from '../../src/protocol/snapshots.ts'
import { Cell } from '../../src/registry/cell.ts'
import { idleQuery } from '../../src/state/query-state.ts'
import { toFold } from '../../src/state/run-state.ts'
import { createServerClock } from '../../src/time/server-clock.ts'

const clock = createServerClock(() => 0)

/**
 * A session of a server that offers these extensions: all of them unless given, none for a Forge.
 *
 * @param carried the cells in the request that opened the stream; `null` for a GET
 */
export function createSession(
  offered: readonly Capability[] = capabilities,
  carried: readonly Cell[] | null = null,
): Session {
  const items = carried?.map(({ item }) => item) ?? null
  const connected = { session_id: 'session', session_secret: 'secret' }
  return toSession({ type: 'connected', ...connected, capabilities: [...offered] }, items)
}

/** The cell of a job of which the server has said nothing yet. */
export function jobCell(id: string): Cell {
  return new Cell(jobKind.toTarget(id), jobKind.toFold(id, true), clock)
}

/** The target of a query. */
export function queryTarget(id: string, args: unknown = null): Target {
  return { kind: queryKind, item: { kind: 'query', id, function: 'search', args } }
}

/** The cell of a query of which the server has said nothing yet. */
export function queryCell(id: string, args: unknown = null): Cell {
  return new Cell(queryTarget(id, args), toFold(idleQuery), clock)
}

/** A state of the job `j`, as a server sends it: `running` without progress, unless given. */
export function jobSnapshot(fields: Partial<JobSnapshot> = {}): JobSnapshot {
  const base = { job_id: 'j', status: 'running', progress: 0, message: null } as const
  return { ...base, output: null, error: null, ...fields }
}

/** Ends a cell's run, as a push does. */
export function complete(cell: Cell): void {
  const snapshot = jobSnapshot({ job_id: cell.item.id, status: 'completed' })
  cell.dispatch({ type: 'updated', snapshot })
}
