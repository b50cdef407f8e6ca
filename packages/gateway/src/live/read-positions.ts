import type { EngineConnection } from '../engines/engine.ts'
import type { ObservedRuns } from '../observe/observed-runs.ts'
import type { ReadPositions } from './positions.ts'

/**
 * Places in the queue of the gateway's engine, and in those that it observes.
 *
 * @param own the engine, by the names that runs have
 * @param sources called with each read: they are connected after this
 */
export function createReadPositions(
  own: { name: string; queue: string },
  sources: () => {
    engine: Pick<EngineConnection, 'positions'>
    observed: Pick<ObservedRuns, 'positions'>
  },
): ReadPositions {
  return async ({ engine: name, queue }, taskIds) => {
    const { engine, observed } = sources()
    if (name === 'observed') return observed.positions(queue, taskIds)
    const isOwn = name === own.name && queue === own.queue
    return (isOwn && (await engine.positions?.(taskIds))) || new Map()
  }
}
