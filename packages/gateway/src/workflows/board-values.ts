import { toErrorText, toMessageText } from '../bound-text.ts'
import type { Board, Shown, ShownStep } from './board.ts'
import type { WorkflowEnd } from './workflow-recorder.ts'

/** The changes of a run that have to be written. */
export interface Change {
  board: Board
  shown: Shown
  steps: Map<string, ShownStep>
}

/** Takes the changes of a board since its last write. */
export function takeChange(board: Board): Change {
  return { board, shown: board.shown, steps: board.takeSteps() }
}

/** It contains text of a user or a step. */
export function hasText({ shown, steps }: Change): boolean {
  return (
    shown.message !== null ||
    shown.unit !== null ||
    [...steps.values()].some(({ error }) => error !== null)
  )
}

/** The same without those texts. */
export function withoutText({ board, shown, steps }: Change): Change {
  const bare = [...steps].map(([name, step]) => [name, { ...step, error: null }] as const)
  return { board, shown: { ...shown, message: null, unit: null }, steps: new Map(bare) }
}

/** The parameters of `write-boards.sql`. */
export function toChanges(taken: Change[]): unknown[] {
  const steps = taken.flatMap(({ board, steps }) =>
    [...steps].map(([name, step]) => ({ ...step, name, runId: board.id })),
  )
  return [
    taken.map(({ board }) => board.id),
    taken.map(({ board }) => board.claim),
    taken.map(({ shown }) => shown.status),
    taken.map(({ shown }) => shown.step),
    taken.map(({ shown }) => shown.waitingFor),
    taken.map(({ shown }) => shown.progress),
    taken.map(({ shown }) => shown.message && toMessageText(shown.message)),
    taken.map(({ shown }) => shown.done),
    taken.map(({ shown }) => shown.total),
    taken.map(({ shown }) => shown.unit),
    steps.map(({ runId }) => runId),
    steps.map(({ name }) => name),
    steps.map(({ ordinal }) => ordinal),
    steps.map(({ status }) => status),
    steps.map(({ error }) => error && toErrorText(error)),
  ]
}

/** The parameters of `finish-workflows.sql`. */
export function toEnds(ended: { board: Board; end: WorkflowEnd }[]): unknown[] {
  return [
    ended.map(({ board }) => board.id),
    ended.map(({ board }) => board.claim),
    ended.map(({ end }) => end.status),
    ended.map(({ end }) => end.output),
    ended.map(({ end }) => end.error && toErrorText(end.error)),
  ]
}
