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

/** Looks for the packages `bullmq` and `@dbos-inc/dbos-sdk`. Rejects when one is there and cannot be loaded. */
export async function findEngines(schemas: EngineSchemas): Promise<FoundEngines> {
  const found = await whenInstalled(import('../engines/bullmq.ts'))
  const foundToo = await whenInstalled(import('../engines/dbos.ts'))
  return {
    ...(found && { engine: found.bullmq({ schema: schemas.bullmq }) }),
    ...(foundToo && { workflowEngine: foundToo.dbos({ schema: schemas.dbos }) }),
  }
}

function whenInstalled<T>(loading: Promise<T>): Promise<T | null> {
  return loading.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      return null
    }
    throw error
  })
}
