import { query } from '@headway/gateway'
import type { KeptExport } from '../kept-exports.ts'

/** An export as clients list it. */
export interface ListedExport extends KeptExport {
  rows: number
  bytes: number
  createdAt: Date
}

/**
 * The five newest exports, the newest first. The gateway finds the table it watches in the plan.
 */
export const newestExports = query({
  run: ({ sql }) => sql<ListedExport>`
    select job as id, format, rows, bytes, created_at as "createdAt"
      from exports order by created_at desc limit 5`,
})
