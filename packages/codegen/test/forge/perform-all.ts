import type { Client } from '@headway/core'
import type { Call } from './calls/calls-of.ts'
import { type Outcome, perform, type RunView, watch } from './perform.ts'
import type { Sent } from './tap.ts'
import type { Loaded } from './targets.ts'

export type Who = Call<unknown, unknown>['as']

/** The parts that the calls of a table need. */
export interface Setting {
  /** The client of a user, and its requests. */
  connect(who: Who): { client: Client; sent: Sent[] }
  /** Told each view of a run. */
  onView(name: string, call: Call<unknown, unknown>, at: number, view: RunView): void
}

/** The request of one call, and its result. */
export interface Performed {
  outcome: Outcome
  /** The result of watching, for a query. */
  watched: Outcome | null
  sent: Sent[]
}

/** The number of functions called at the same time. */
const inFlight = 8

/**
 * Calls every function of a variant as its table says, and watches the queries among them; by their
 * names.
 */
export async function performAll(
  loaded: Loaded,
  { connect, onView }: Setting,
): Promise<Record<string, Performed[]>> {
  const done: Record<string, Performed[]> = {}
  // One after the other: a page has one client.
  for (const who of [undefined, 'user', 'admin'] as const) {
    const { client, sent } = connect(who)
    const names = Object.keys(loaded.calls).sort()
    const work = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) await callOf(name)
    }
    const callOf = async (name: string): Promise<void> => {
      for (const [at, call] of (loaded.calls[name] ?? []).entries()) {
        if (call.as !== who) continue
        const wireName = loaded.wireNames[name]
        const before = sent.filter(({ function: of }) => of === wireName).length
        const outcome = await perform(loaded, client, name, call.args, (view) => {
          onView(name, call, at, view)
        })
        const watched = await watch(loaded, client, name, call.args)
        const all = sent.filter(({ function: of }) => of === wireName)
        const performed = { outcome, watched, sent: all.slice(before) }
        done[name] = Object.assign(done[name] ?? [], { [at]: performed })
      }
    }
    try {
      await Promise.all(Array.from({ length: inFlight }, work))
    } finally {
      client.close()
    }
  }
  return done
}
