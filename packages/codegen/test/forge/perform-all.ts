import type { Client } from '@headway/core'
import type { Call } from './calls/calls-of.ts'
import { type Outcome, perform, type RunView, watch } from './perform.ts'
import type { Sent } from './tap.ts'
import type { Loaded } from './targets.ts'

export type Who = Call<unknown, unknown>['as']

/** What the calls of a table are made of. */
export interface Setting {
  /** A client of somebody, and what it sends. */
  connect(who: Who): { client: Client; sent: Sent[] }
  /** Told each view of a run. */
  onView(name: string, call: Call<unknown, unknown>, at: number, view: RunView): void
}

/** What one call sent, and what came of it. */
export interface Performed {
  outcome: Outcome
  /** Of a query that was watched as well. */
  watched: Outcome | null
  sent: Sent[]
}

/** How many functions are called at the same time. */
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
