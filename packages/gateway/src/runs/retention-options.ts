import { ConfigurationError } from '../errors.ts'

/** How long an ended run is kept, in days from its end, also a part of one; `false`: for ever. */
export type KeptDays = number | false

/** How long ended runs are kept, by how they ended. */
export interface KeptByEnd {
  /** For every end that has no time of its own. */
  days?: KeptDays
  succeeded?: KeptDays
  failed?: KeptDays
  cancelled?: KeptDays
}

/** How long ended runs are kept. A time for one name counts before those for all. */
export interface RetentionOptions extends KeptByEnd {
  /** By the name of the job; reported and observed ones, too. */
  jobs?: Readonly<Record<string, KeptDays | KeptByEnd>>
  workflows?: Readonly<Record<string, KeptDays | KeptByEnd>>
}

/** {@link RetentionOptions} in its whole form. */
export interface Retention extends Omit<KeptByEnd, 'days'> {
  days: KeptDays
  jobs: ReadonlyMap<string, KeptByEnd>
  workflows: ReadonlyMap<string, KeptByEnd>
}

const defaultDays = 30

/** The longest time, in days: a date that much earlier is one that PostgreSQL has. */
const mostDays = 100_000

const ends = ['days', 'succeeded', 'failed', 'cancelled'] as const

/** Every default of the retention. Throws a {@link ConfigurationError} about a wrong time. */
export function resolveRetention(given: KeptDays | RetentionOptions = {}): Retention {
  const options: RetentionOptions = typeof given === 'object' ? given : { days: given }
  const { jobs = {}, workflows = {}, ...byEnd } = options
  return {
    days: defaultDays,
    ...checked('retention', byEnd),
    jobs: byName('retention.jobs', jobs),
    workflows: byName('retention.workflows', workflows),
  }
}

function byName(
  path: string,
  given: Readonly<Record<string, KeptDays | KeptByEnd>>,
): ReadonlyMap<string, KeptByEnd> {
  return new Map(
    Object.entries(given).map(([name, kept]) => {
      const own = `${path}.${name}`
      return [name, checked(own, typeof kept === 'object' ? kept : { days: kept })]
    }),
  )
}

function checked(path: string, kept: KeptByEnd): KeptByEnd {
  for (const [name, days] of Object.entries(kept)) {
    if (!(ends as readonly string[]).includes(name)) {
      throw new ConfigurationError(`${path} does not know ${name}; it knows ${ends.join(', ')}`)
    }
    if (days === false || (typeof days === 'number' && days > 0 && days <= mostDays)) continue
    throw new ConfigurationError(
      `${path}.${name} is ${String(days)}: give a number of days above 0 and up to ${mostDays}, or false`,
    )
  }
  return kept
}
