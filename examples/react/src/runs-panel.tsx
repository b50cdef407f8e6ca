import { estimate } from '@headway/core/estimate'
import {
  describeRun,
  describeRuns,
  jobs,
  keepFocus,
  type ListedJob,
  type PageState,
} from '@headway/example-shared'
import { useClient, useRuns, useStore } from '@headway/react'
import { useEffect, useRef } from 'react'
import { RunRow } from './run-row.tsx'

/** Shows the exports of the user, live, and starts, cancels and retries them. */
export function RunsPanel({ page }: { page: PageState }) {
  const client = useClient()
  const [now, format] = [useStore(page.now), useStore(page.format)]
  // #region code
  const list = useRuns({ name: jobs.export_users, limit: 5 })
  const { hint, notice, canShowMore } = describeRuns(list, now)

  const start = () => {
    const title = `Users as ${format.toUpperCase()}`
    page.followStart(client.start(jobs.export_users, { format }, { title }))
  }
  const cancel = (run: ListedJob) => page.attempt('The export was not cancelled', run.cancel())
  const retry = (run: ListedJob) => page.attempt('The export was not tried again', run.retry())
  // #endregion
  const rows = useRef<HTMLUListElement>(null)
  useEffect(() => (rows.current ? keepFocus(rows.current) : undefined), [])

  return (
    <section
      className="panel"
      data-runs="react"
      data-sync={list.sync.status}
      aria-labelledby="react-runs"
    >
      <h3 id="react-runs" tabIndex={-1}>
        React
      </h3>
      <div className="listing">
        <ul className="runs" aria-labelledby="react-runs" ref={rows}>
          {/* #region code */}
          {list.runs.map((run) => {
            const text = describeRun(run, now, estimate(run.view))
            return <RunRow key={run.id} {...{ run, text, cancel, retry }} />
          })}
          {/* #endregion */}
        </ul>
        <p className="hint">{hint}</p>
        <p className="notice">{notice}</p>
      </div>
      <div className="actions">
        <button type="button" className="primary" onClick={start}>
          Export
        </button>
        {/* `aria-disabled`, because a `disabled` button loses the focus. */}
        <button
          type="button"
          aria-disabled={!canShowMore}
          onClick={canShowMore ? list.loadMore : undefined}
        >
          Show older
        </button>
      </div>
    </section>
  )
}
