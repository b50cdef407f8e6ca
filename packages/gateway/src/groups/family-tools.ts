import type { Logger } from 'pino'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import type { FamilyTools } from './families.ts'
import { createTendChildren, type TendTools } from './tend-children.ts'

/** What adding up needs, over a pool. */
export function createFamilyTools(
  pool: Database,
  logger: Logger,
  ways: Pick<TendTools, 'remove' | 'cancel' | 'isMine' | 'retry'>,
): FamilyTools {
  return {
    async count(runId) {
      const query = sql('groups/sql/count-children')
      const { rows } = await pool.query<{ answer: Awaited<ReturnType<FamilyTools['count']>> }>(
        query,
        [runId],
      )
      return rows[0]?.answer ?? null
    },
    tend: createTendChildren({ ...ways, pool, logger }),
    async readUndone() {
      const { rows } = await pool.query<{ id: string }>(sql('groups/sql/read-undone'))
      return rows.map(({ id }) => id)
    },
    logger,
  }
}
