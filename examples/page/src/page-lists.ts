import { type Client, type QueryHandle, type RunsHandle, watchRuns } from '@headway/core'
import { type ExportRow, jobs, type ListedExport, queries } from '@headway/example-shared'

/** The lists of the page. Each costs something only while it has subscribers. */
export interface PageLists {
  exports: RunsHandle<ExportRow>
  files: QueryHandle<ListedExport[]>
}

/** The lists that the panels show: they share the registrations of these. */
export function createLists(client: Client): PageLists {
  return {
    exports: watchRuns(client, { name: jobs.export_users, limit: 5 }),
    files: client.watch(queries.newest_exports),
  }
}
