import {
  batchFiles,
  describeBatch,
  describeFile,
  describeFiles,
  jobs,
  keepFocus,
  type ListedJob,
  type PageState,
} from '@headway/example-shared'
import { useMany, useRuns, useStore } from '@headway/react'
import { useEffect, useRef, useState } from 'react'
import { JobProgress } from './job-progress.tsx'
import { RunRow } from './run-row.tsx'

/** Imports many files as one group, and lists them on request. */
export function BatchPanel({ page }: { page: PageState }) {
  const now = useStore(page.now)
  const [isOpen, setOpen] = useState(false)
  // #region code
  const group = useMany(jobs.import_file, {
    jobId: useStore(page.batchId),
    title: 'Users in 20 files',
    label: ({ file }) => ({ title: file }),
  })
  const text = describeBatch(group, now)
  const filter = { name: jobs.import_file, parent: group.jobId, limit: 10 }
  const files = useRuns(filter, { enabled: isOpen })

  const start = () => group.start(batchFiles)
  const cancel = () => page.attempt('The batch was not cancelled', group.cancel())
  const retry = () => page.attempt('The batch was not tried again', group.retry())
  // #endregion
  useEffect(() => page.reportBatch(group))
  const rows = useRef<HTMLUListElement>(null)
  useEffect(() => (rows.current ? keepFocus(rows.current) : undefined), [])
  const { canStart, canCancel, canRetry } = text
  const { hint, notice, canShowMore } = describeFiles(files, text, now)
  const cancelFile = (run: ListedJob) => page.attempt('The file was not cancelled', run.cancel())
  const retryFile = (run: ListedJob) => page.attempt('The file was not tried again', run.retry())

  return (
    <section
      className="panel"
      data-batch="react"
      data-phase={group.phase}
      data-sync={group.sync.status}
      data-percent={text.percent ?? ''}
      aria-labelledby="react-batch"
    >
      <h3 id="react-batch">React</h3>
      {/* #region code */}
      <JobProgress label="Import 20 files, React" text={text} />
      {/* #endregion */}
      <div className="actions">
        {/* `aria-disabled`, because a `disabled` button loses the focus. */}
        <button
          type="button"
          className="primary"
          aria-disabled={!canStart}
          onClick={canStart ? start : undefined}
        >
          Import
        </button>
        <button type="button" aria-disabled={!canCancel} onClick={canCancel ? cancel : undefined}>
          Cancel
        </button>
        <button type="button" aria-disabled={!canRetry} onClick={canRetry ? retry : undefined}>
          Try again
        </button>
      </div>
      <details
        className="files"
        hidden={!text.hasFiles}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary id="react-files">The files, React</summary>
        <ul className="runs" aria-labelledby="react-files" ref={rows}>
          {files.runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              text={describeFile(run, now)}
              cancel={cancelFile}
              retry={retryFile}
            />
          ))}
        </ul>
        <p className="hint">{hint}</p>
        <p className="notice">{notice}</p>
        <button
          type="button"
          aria-disabled={!canShowMore}
          onClick={canShowMore ? files.loadMore : undefined}
        >
          Show more
        </button>
      </details>
    </section>
  )
}
