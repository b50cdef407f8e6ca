import type { ResolvedOptions } from '../../src/options.ts'
import type { Capability } from '../../src/protocol/server-event.ts'
import type { Cell } from '../../src/registry/cell.ts'
import { createRegistrations, type Registrations } from '../../src/registry/registrations.ts'
import { createSession, jobCell } from './cells.ts'
import { createManualServer, type ManualServer } from './manual-server.ts'

/** A page that registers jobs with a server that the test plays. */
export interface Registering {
  readonly server: ManualServer
  readonly registrations: Registrations
  /** The answers so far, such as `a answered`. */
  readonly answers: readonly string[]
  /** Follows a job, and registers its cell: a new one unless given. */
  follow(id: string, cell?: Cell): Cell
  /** Follows the target of a cell no more, and ends its registration. */
  unfollow(cell: Cell): void
  /** Calls `work` with each later answer. */
  onAnswer(work: () => void): void
}

/**
 * Creates the page. The server offers every extension unless `offered` says otherwise.
 *
 * @param carried the cells in the request that opened the stream, which are followed; `null` for a
 *   GET
 */
export function createRegistering(
  options: Partial<ResolvedOptions> = {},
  offered?: readonly Capability[],
  carried: readonly Cell[] | null = null,
): Registering {
  const server = createManualServer(options)
  const answers: string[] = []
  const followed = new Map(carried?.map((cell) => [cell.target, cell]))
  let work = (): void => undefined
  const registrations = createRegistrations(server.transport, createSession(offered, carried), {
    onAnswer(cell, { type }) {
      answers.push(`${cell.item.id} ${type}`)
      work()
    },
    find: (target) => followed.get(target),
  })
  return {
    server,
    registrations,
    answers,
    follow(id, cell = jobCell(id)) {
      followed.set(cell.target, cell)
      registrations.register(cell)
      return cell
    },
    unfollow(cell) {
      followed.delete(cell.target)
      registrations.unregister(cell)
    },
    onAnswer(next) {
      work = next
    },
  }
}
