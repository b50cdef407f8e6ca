import type { ListedJob, RunText } from '@headway/example-shared'
import { JobProgress } from './job-progress.tsx'

interface RunRowProps {
  run: ListedJob
  text: RunText
  cancel(run: ListedJob): void
  retry(run: ListedJob): void
}

/** One run of a list: its progress, its times and its actions. */
export function RunRow({ run, text, cancel, retry }: RunRowProps) {
  const { name, times, url, button, canCancel, canRetry } = text
  const act = canRetry ? retry : cancel
  return (
    <li data-id={run.id} data-phase={run.view.phase}>
      <JobProgress label={`${name}, React`} text={text} />
      <div className="row-actions">
        <span className="times">{times}</span>
        {url && (
          <a href={url} download aria-label={`Download ${name}`}>
            Download
          </a>
        )}
        {button && (
          <button
            type="button"
            aria-label={`${button}: ${name}`}
            aria-disabled={!(canCancel || canRetry)}
            onClick={canCancel || canRetry ? () => act(run) : undefined}
          >
            {button}
          </button>
        )}
      </div>
    </li>
  )
}
