import { type QueryContext, query, type ServerQuery } from '@headway/gateway'
import type { KeptExport } from '../kept-exports.ts'

/** An export as it is listed. */
export interface ListedExport extends KeptExport {
  rows: number
  bytes: number
  createdAt: Date
}

/** The newest exports, the newest first. That it reads `exports` is found from its plan. */
export const newestExports: ServerQuery<null, ListedExport[]> = query({
  run: ({ sql }: QueryContext<null>) => sql<ListedExport>`
    select job as id, format, rows, bytes, created_at as "createdAt"
      from exports order by created_at desc limit 5`,
})
