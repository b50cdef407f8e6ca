import { bullmq } from '../engines/bullmq.ts'
import type { Engine } from '../engines/engine.ts'
import type { WorkflowEngine } from '../engines/workflow-engine.ts'

/** The schemas of the engines, as the application names them. */
export interface EngineSchemas {
  bullmq: string
  dbos: string
}

/** The engines whose packages are installed. */
export interface FoundEngines {
  engine?: Engine
  workflowEngine?: WorkflowEngine
}

/**
 * Looks for the packages `bullmq` and `@dbos-inc/dbos-sdk`. Rejects when an installed one cannot be
 * loaded.
 */
export async function findEngines(schemas: EngineSchemas): Promise<FoundEngines> {
  const found = await whenInstalled('bullmq', import('../engines/bullmq-postgres.ts'))
  const foundToo = await whenInstalled('@dbos-inc/dbos-sdk', import('../engines/dbos.ts'))
  return {
    ...(found && { engine: bullmq({ schema: schemas.bullmq }) }),
    ...(foundToo && { workflowEngine: foundToo.dbos({ schema: schemas.dbos }) }),
  }
}

function whenInstalled<T>(name: string, loading: Promise<T>): Promise<T | null> {
  return loading.catch((error: unknown) => {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    // When another package is missing, this one is installed and needs it.
    if (isMissing && error.message.includes(`'${name}'`)) return null
    throw error
  })
}
