import type { KeptByEnd, KeptDays, Retention } from './retention-options.ts'
import type { Run } from './run-store.ts'

/** The part of an ended run that says how long it is kept. */
export type EndedRun = Pick<Run, 'kind' | 'name' | 'status' | 'isCancelRequested'>

/** How long an ended run is kept, in days. Pure. */
export function keptDays(retention: Retention, run: EndedRun): KeptDays {
  const end = endOf(run)
  const own = (run.kind === 'job' ? retention.jobs : retention.workflows).get(run.name)
  return own?.[end] ?? own?.days ?? retention[end] ?? retention.days
}

function endOf({ kind, status, isCancelRequested }: EndedRun): Exclude<keyof KeptByEnd, 'days'> {
  if (status === 'completed') return 'succeeded'
  const isCancelled = kind === 'job' ? status === 'cancelled' : status === 'compensated'
  return isCancelled && (kind === 'job' || isCancelRequested) ? 'cancelled' : 'failed'
}

/** Every time after which some run is removed, in days, the shortest first. Pure. */
export function allKeptDays({ jobs, workflows, ...byEnd }: Retention): number[] {
  const all = [byEnd, ...jobs.values(), ...workflows.values()].flatMap((kept: KeptByEnd) =>
    Object.values(kept),
  )
  const days = all.filter((one): one is number => typeof one === 'number')
  return [...new Set(days)].sort((a, b) => a - b)
}

/** The retention in words; `null`: nothing is removed. Pure. */
export function describeRetention(retention: Retention): string | null {
  const days = allKeptDays(retention)
  const [shortest] = days
  const longest = days.at(-1)
  if (shortest === undefined || longest === undefined) return null
  const text = shortest === longest ? '' : `${shortest} to `
  return `ended runs are kept for ${text}${longest} ${longest === 1 ? 'day' : 'days'}`
}
