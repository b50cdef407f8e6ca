import { expect } from 'vitest'

/** Any view, parsed from the text of the page. */
export interface ShownView {
  jobId?: string
  workflowId?: string
  status?: string
  phase?: string
  loading?: boolean
  progress?: number | null
  isDone?: boolean
  revision?: number | null
  attempt?: number
  sync?: { status: string; reason: string | null }
  [field: string]: unknown
}

/** Expects that no view is older than the previous view of the same run. */
export function expectForward(seen: readonly ShownView[]): void {
  seen.forEach((after, index) => {
    const before = seen[index - 1]
    if (!before || idOf(before) === '' || idOf(before) !== idOf(after)) return
    const message = `${JSON.stringify(before)} → ${JSON.stringify(after)}`
    if (typeof before.revision === 'number' && typeof after.revision === 'number') {
      expect(after.revision, message).toBeGreaterThanOrEqual(before.revision)
    }
    const isSameRevision = before.revision === after.revision
    if (isSameRevision && before.isDone) expect(after.status, message).toBe(before.status)
    if (isSameRevision && before.attempt === after.attempt && after.phase === 'running') {
      expect(after.progress ?? 0, message).toBeGreaterThanOrEqual(before.progress ?? 0)
    }
    if (before.loading === false) expect(after.loading, message).toBe(false)
  })
}

function idOf({ jobId, workflowId }: ShownView): string {
  return jobId ?? workflowId ?? ''
}
