import { parseArgs } from 'node:util'
import type { Keeping } from '../figures/keep.ts'
import { type Drops, drops } from './schedule.ts'

/** The scenarios, in the order in which they run. */
export const scenarios = ['drops', 'deploy'] as const

/** The name of a scenario. */
export type Scenario = (typeof scenarios)[number]

/** The number of clients if the command line names none. */
const defaultClients: Record<Scenario, number> = { drops: 1_000, deploy: 2_000 }

/** The arguments of this bench, parsed. */
export type Asked =
  | {
      type: 'run'
      runs: Run[]
      rounds: number
      peers: string[]
      drops: Drops
      isPinned: boolean
      keeping: Keeping
    }
  | { type: 'help' }
  /** `what` says what is wrong, as a sentence. */
  | { type: 'wrong'; what: string }

/** A scenario with its number of clients. */
export interface Run {
  scenario: Scenario
  clients: number
}

/** Reads `[scenario] [clients]` and the options; without a scenario it means all. Pure. */
export function readCommandLine(args: string[], knownPeers: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '1' },
        peer: { type: 'string', multiple: true, default: [...knownPeers] },
        every: { type: 'string', default: String(drops.everyMs / 1_000) },
        pin: { type: 'boolean', default: false },
        compare: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { type: 'help' }
    const [first, second, ...rest] = positionals
    const named = scenarios.find((scenario) => scenario === first)
    // A number alone is a number of clients, for every scenario.
    const clients = named ? second : first
    const surplus = named ? rest[0] : second
    if (surplus !== undefined) throw new Error(`There is no place for "${surplus}".`)
    if (clients !== undefined && !/^\d+$/.test(clients)) {
      throw new Error(`There is no scenario "${clients}".`)
    }
    const unknown = values.peer.find((peer) => !knownPeers.includes(peer))
    if (unknown !== undefined) throw new Error(`There is no peer "${unknown}".`)
    return {
      type: 'run',
      runs: (named ? [named] : scenarios).map((scenario) => ({
        scenario,
        clients: atLeastOne('The number of clients', clients ?? defaultClients[scenario]),
      })),
      rounds: atLeastOne('--rounds', values.rounds),
      peers: knownPeers.filter((peer) => values.peer.includes(peer)),
      drops: { ...drops, everyMs: longerThanDrop(values.every) },
      isPinned: values.pin,
      keeping: values,
    }
  } catch (error) {
    return { type: 'wrong', what: error instanceof Error ? error.message : String(error) }
  }
}

/** The command that measures a scenario again, with the options that change its figures. Pure. */
export function commandOf(
  { scenario, clients }: Run,
  { drops: asked, isPinned }: Pick<Asked & { type: 'run' }, 'drops' | 'isPinned'>,
): string {
  const isUsual = scenario !== 'drops' || asked.everyMs === drops.everyMs
  const every = isUsual ? '' : ` --every ${asked.everyMs / 1_000}`
  return `npm run bench:faults -- ${scenario} ${clients}${every}${isPinned ? ' --pin' : ''}`
}

function atLeastOne(what: string, value: string | number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1) return number
  throw new Error(`${what} is "${value}": it must be 1 or more.`)
}

/** The milliseconds from one drop to the next. */
function longerThanDrop(value: string): number {
  const everyMs = Number(value) * 1_000
  if (everyMs > drops.downMs) return everyMs
  throw new Error(`--every is "${value}": it must be more than ${drops.downMs / 1_000} seconds.`)
}
