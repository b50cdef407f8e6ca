import { createOptimistic } from '@headway/core/optimistic'
import {
  describeExports,
  keepFocus,
  mutations,
  type PageState,
  queries,
  withoutExport,
} from '@headway/example-shared'
import { useClient, useStore } from '@headway/react'
import { useEffect, useRef, useState } from 'react'

const { newest_exports } = queries
const { delete_export } = mutations

/** Shows the newest exports, live, and deletes them. */
export function ExportsPanel({ page }: { page: PageState }) {
  const client = useClient()
  const now = useStore(page.now)
  // #region code
  const [exports] = useState(() => createOptimistic(client.watch(newest_exports), withoutExport))
  const query = useStore(exports)
  const text = describeExports(query, now)

  const remove = (id: string) => {
    const deleted = exports.mutate(id, () => client.call(delete_export, { id }))
    page.attempt('The export was not deleted', deleted)
  }
  // #endregion
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => (list.current ? keepFocus(list.current) : undefined), [])

  return (
    <section
      className="panel"
      data-exports="react"
      data-sync={query.sync.status}
      aria-labelledby="react-exports"
    >
      <h3 id="react-exports" tabIndex={-1}>
        React
      </h3>
      <div className="listing">
        <ul className="rows" aria-labelledby="react-exports" ref={list}>
          {text.exports.map(({ id, format, amount, when, createdAt, url, name }) => (
            <li key={id} data-id={id}>
              <p className="what">
                <strong>{format}</strong> <time dateTime={createdAt}>{when}</time>{' '}
                <span className="amount">{amount}</span>
              </p>
              <a href={url} download aria-label={`Download ${name}`}>
                Download
              </a>
              <button type="button" aria-label={`Delete ${name}`} onClick={() => remove(id)}>
                Delete
              </button>
            </li>
          ))}
        </ul>
        <p className="hint">{text.hint}</p>
        <p className="notice">{text.notice}</p>
      </div>
    </section>
  )
}
