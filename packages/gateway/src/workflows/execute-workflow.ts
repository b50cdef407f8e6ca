import { toOutput } from '../runs/output.ts'
import type { WorkflowExecution } from './execution.ts'
import { tryStep } from './try-step.ts'
import { createContext, type Undo } from './workflow-context.ts'
import type { WorkflowEnd } from './workflow-recorder.ts'

/**
 * Executes a workflow from its beginning; finished steps are not repeated. Resolves with its end.
 * Rejects when this process must not continue it. Knows no engine and no database.
 */
export async function executeWorkflow(execution: WorkflowExecution): Promise<WorkflowEnd> {
  const { definition, run, released, faults, maxOutputBytes } = execution
  const { context, undos } = createContext(execution)
  try {
    const returned = await definition.run(context, run.args)
    const output = await toOutput(definition.output, returned, maxOutputBytes)
    if (!released.aborted) return { status: 'completed', output, error: null }
  } catch (error) {
    if (!released.aborted) {
      const { id: runId, name: workflow } = run
      const shown = faults.report(error, { what: 'workflow', runId, workflow })
      return await compensate(execution, undos, shown)
    }
  }
  // Whatever its result: steps that were never begun have not failed.
  throw released.reason
}

/** Undoes the finished steps, last first. A failure does not stop the others. */
async function compensate(
  { run, memory, board, faults, cancelled, released, lost }: WorkflowExecution,
  undos: readonly Undo[],
  error: string,
): Promise<WorkflowEnd> {
  if (undos.length > 0) board.compensates()
  const failed: string[] = []
  for (const { name, retry, undo } of undos.toSorted((a, b) => b.order - a.order)) {
    const key = `undo/${name}`
    const outcome =
      memory.recall(key) ??
      (await memory.remember(key, () => {
        released.throwIfAborted()
        board.undoes(name)
        const failed = (): void => undefined
        const { id: runId, name: workflow } = run
        const report = (thrown: unknown, attempt: number, isTriedAgain: boolean): string =>
          faults.report(thrown, {
            what: 'undo',
            runId,
            workflow,
            step: name,
            attempt,
            isTriedAgain,
          })
        return tryStep({
          key: `${run.id}/${key}`,
          // The result is not used, and may be impossible to write.
          run: async (context) => void (await undo(context)),
          retry,
          signal: lost,
          released,
          report,
          failed,
        })
      }))
    board.undone(name, outcome.ok ? null : outcome.error)
    if (!outcome.ok) failed.push(name)
  }
  if (failed.length > 0) {
    return { status: 'failed', output: null, error: `${error}; not undone: ${failed.join(', ')}` }
  }
  const isUndone = undos.length > 0 || cancelled.aborted
  return { status: isUndone ? 'compensated' : 'failed', output: null, error }
}
