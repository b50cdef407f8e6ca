import type { Store, Sync } from '@headway/core'
import type { Scenario } from '@headway/example-shared'
import { find } from './find.ts'
import type { PageRuns } from './page-runs.ts'

/** The part of a run's view that a badge shows. */
interface Shown {
  isActive: boolean
  progress: number | null
  sync: Sync
}

/** Marks the tabs whose run is under way: they are followed while another scenario is shown. */
export function showBadges({ exported, verified, imported, batched }: PageRuns): void {
  const runs: Partial<Record<Scenario, Store<Shown>>> = {
    job: exported,
    workflow: verified,
    upload: imported,
    batch: batched,
  }
  for (const [scenario, run] of Object.entries(runs)) {
    const badge = find(`[data-value=${scenario}] .badge`)
    const show = (): void => {
      const { isActive, progress, sync } = run.getSnapshot()
      badge.dataset.sync = sync.status
      badge.hidden = !isActive
      badge.textContent = progress === null ? '…' : `${Math.round(progress)} %`
    }
    run.subscribe(show)
    show()
  }
}
