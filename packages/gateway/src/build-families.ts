import type { Logger } from 'pino'
import { createFamilies, type Families } from './groups/families.ts'
import { createFamilyTools } from './groups/family-tools.ts'
import type { HttpContext } from './http/context.ts'
import { retryRun } from './http/run-requests.ts'
import type { Database } from './postgres/pools.ts'

/**
 * The families of a gateway, which cancel and retry children as its clients do.
 *
 * @param context is there once the families are open
 */
export function buildFamilies(
  pool: Database,
  logger: Logger,
  context: () => HttpContext,
): Families {
  const tools = createFamilyTools(pool, logger, {
    remove: (taskId) => context().engine.remove(taskId),
    async cancel({ id, kind, why }) {
      const { workflowRecorder, observed } = context()
      await (kind === 'workflow' ? workflowRecorder : observed).cancel(id, why)
    },
    async retry(id) {
      const run = await context().store.complete(id)
      if (run) await retryRun(context(), run)
    },
  })
  return createFamilies(tools)
}
