import { createUpload } from '@headway/core/upload'
import { describeImport, jobs, mutations, type PageState } from '@headway/example-shared'
import { useClient, useJob, useStore } from '@headway/react'
import { useState } from 'react'
import { JobProgress } from './job-progress.tsx'

/** Uploads a file and shows its import. */
export function ImportPanel({ page }: { page: PageState }) {
  const client = useClient()
  const [now, refusal] = [useStore(page.now), useStore(page.refusal)]
  // #region code
  const [upload] = useState(() => createUpload(client, mutations.upload_users))
  const job = useJob(jobs.import_users, { jobId: useStore(page.importId) })
  const text = describeImport(useStore(upload), job, now, refusal)

  // The answer names the job: all panels follow it.
  const send = (file: File) => page.followImport(upload.send({ file }))
  // #endregion
  const [chosen, setChosen] = useState<File>()
  const { phase, percent, problem, canCancel } = text
  const file = text.canStart ? chosen : undefined
  const cancel = () => {
    if (phase === 'sending') upload.cancel()
    else page.attempt('The import was not cancelled', job.cancel())
  }

  return (
    <section
      className="panel"
      data-import="react"
      data-phase={phase}
      data-sync={job.sync.status}
      data-percent={percent ?? ''}
      aria-labelledby="react-import"
    >
      <h3 id="react-import">React</h3>
      {/* #region code */}
      <JobProgress label="Import users, React" text={text} />
      {/* #endregion */}
      <div className="file">
        <label htmlFor="react-file">CSV file</label>
        <input
          type="file"
          id="react-file"
          accept=".csv,text/csv"
          aria-describedby="react-problem"
          onChange={({ target }) => setChosen(target.files?.[0])}
        />
        <p className="problem" id="react-problem" role="alert">
          {problem}
        </p>
      </div>
      <div className="actions">
        <button
          type="button"
          className="primary"
          aria-disabled={!file}
          onClick={file ? () => send(file) : undefined}
        >
          Import
        </button>
        <button type="button" aria-disabled={!canCancel} onClick={canCancel ? cancel : undefined}>
          Cancel
        </button>
      </div>
    </section>
  )
}
