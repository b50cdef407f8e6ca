import type { Logger } from 'pino'
import { createFamilies, type Families } from './groups/families.ts'
import { createFamilyTools } from './groups/family-tools.ts'
import type { ChildPlace } from './groups/tend-children.ts'
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
    isMine(child) {
      const { options, observed } = context()
      return isMine(options, observed, child)
    },
    async retry({ id, beforeMs }) {
      const run = await context().store.complete(id)
      // Another gateway has retried it, and it has ended again.
      if (!run || (run.engine !== 'observed' && (run.finishedAt ?? 0) > beforeMs)) return
      await retryRun(context(), run)
    },
  })
  return createFamilies(tools)
}

/** This gateway can run the child: it knows its queue. */
function isMine(
  { engine, workflowEngine }: HttpContext['options'],
  observed: HttpContext['observed'],
  child: ChildPlace,
): boolean {
  if (child.kind === 'workflow') return child.engine === workflowEngine?.name
  if (child.engine === 'observed') return child.queue !== null && observed.has(child.queue)
  if (child.engine === 'group' || child.engine === 'sql') return true
  return child.engine === engine.name && (child.queue ?? engine.queue) === engine.queue
}
