import { describeJob, exportUsers, type PageState } from '@headway/example-shared'
import { useJob, useStore } from '@headway/react'
import { useEffect } from 'react'

/** One export, in React. */
export function ExportPanel({ page }: { page: PageState }) {
  const job = useJob(exportUsers, { jobId: useStore(page.jobId) })
  useEffect(() => page.report(job))
  const { title, detail, summary, notice, percent, canStart, canCancel } = describeJob(job)
  const start = () => job.start({ format: page.format.getSnapshot() })
  const cancel = () => page.attempt('The export was not cancelled', job.cancel())

  return (
    <section
      className="panel"
      data-panel="react"
      data-phase={job.phase}
      data-sync={job.sync.status}
      data-percent={percent ?? ''}
      aria-labelledby="react-heading"
    >
      <header>
        <h3 id="react-heading">React</h3>
        <code>useJob(exportUsers)</code>
      </header>
      <div
        className={percent === null ? 'bar indeterminate' : 'bar'}
        role="progressbar"
        aria-label="Export users, React"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={summary}
      >
        <div style={{ width: percent === null ? undefined : `${percent}%` }} />
      </div>
      <div className="status">
        <p className="title">
          <span>{title}</span>
          <span>{percent === null ? '' : `${percent} %`}</span>
        </p>
        <p className="detail">{detail}</p>
        <p className="notice">{notice}</p>
      </div>
      <div className="actions">
        {/* Disabled for all but the focus: a `disabled` button would lose it to nowhere. */}
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
          <a href={job.output.downloadUrl} download>
            Download
          </a>
        )}
      </div>
    </section>
  )
}
