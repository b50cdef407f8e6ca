import { describeJob, jobs, type PageState, safeUrl } from '@headway/example-shared'
import { useJob, useStore } from '@headway/react'
import { useEffect } from 'react'
import { JobProgress } from './job-progress.tsx'

/** Starts and shows an export. */
export function ExportPanel({ page }: { page: PageState }) {
  const now = useStore(page.now)
  // #region code
  const job = useJob(jobs.export_users, { jobId: useStore(page.jobId) })
  const text = describeJob(job, now)

  const start = () => job.start({ format: page.format.getSnapshot() })
  const cancel = () => page.attempt('The export was not cancelled', job.cancel())
  // #endregion
  useEffect(() => page.report(job))
  const { percent, canStart, canCancel } = text

  return (
    <section
      className="panel"
      data-panel="react"
      data-phase={job.phase}
      data-sync={job.sync.status}
      data-percent={percent ?? ''}
      aria-labelledby="react-heading"
    >
      <h3 id="react-heading">React</h3>
      {/* #region code */}
      <JobProgress label="Export users, React" text={text} />
      {/* #endregion */}
      <div className="actions">
        {/* `aria-disabled`, because a `disabled` button loses the focus. */}
        <button
          type="button"
          className="primary"
          aria-disabled={!canStart}
          onClick={canStart ? start : undefined}
        >
          Export
        </button>
        <button type="button" aria-disabled={!canCancel} onClick={canCancel ? cancel : undefined}>
          Cancel
        </button>
        {job.output && (
          <a href={safeUrl(job.output.downloadUrl)} download>
            Download
          </a>
        )}
      </div>
    </section>
  )
}
