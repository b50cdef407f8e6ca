import { keepFocus, type ListedJob, type RunText } from '@headway/example-shared'
import { createRunRow, type RunRow } from './run-row.ts'
import { showInOrder } from './show-in-order.ts'

/** A run, and its texts. */
export interface ShownRun {
  run: ListedJob
  text: RunText
}

export type RunListener = (run: ListedJob) => void

/** The rows of a list of runs. */
export interface RunRows {
  show(rows: readonly ShownRun[]): void
  onCancel(listener: RunListener): void
  onRetry(listener: RunListener): void
}

/** Shows runs in a list, one row each. */
export function createRunRows(list: HTMLElement): RunRows {
  const rows = new Map<string, RunRow>()
  const on: { cancel?: RunListener; retry?: RunListener } = {}
  keepFocus(list)
  return {
    show(shown) {
      const ids = new Set(shown.map(({ run }) => run.id))
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id)
      const elements = shown.map(({ run, text }) => {
        const row = rows.get(run.id) ?? createRunRow(run.id)
        rows.set(run.id, row)
        row.show(text, run.view.phase)
        row.onPress(() => (text.canRetry ? on.retry : on.cancel)?.(run))
        return row.element
      })
      showInOrder(list, elements)
    },
    onCancel(listener) {
      on.cancel = listener
    },
    onRetry(listener) {
      on.retry = listener
    },
  }
}
