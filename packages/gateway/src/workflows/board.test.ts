import { describe, expect, it } from 'vitest'
import { uncounted } from '../runs/report.ts'
import { Board, type Shown } from './board.ts'

const begun: Shown = {
  status: 'running',
  step: null,
  waitingFor: null,
  progress: null,
  message: null,
  ...uncounted,
}
const createBoard = (shown = begun) => {
  let changes = 0
  const run = { ...shown, id: '1', claim: 1 }
  const board = new Board(run, ['a', 'b', 'wait'], () => {
    changes += 1
  })
  return { board, changes: () => changes }
}
const stepsOf = (board: Board): string[] =>
  [...board.takeSteps()].map(
    ([name, { ordinal, status, error }]) => `${ordinal} ${name} ${status} ${error}`,
  )

describe('what users see of a run', () => {
  it('is the step that began last of those under way', () => {
    const { board } = createBoard()
    board.began('a')
    board.began('b')
    expect(board.shown).toMatchObject({ status: 'running', step: 'b' })
    board.ended('b', 'completed', null)
    expect(board.shown.step).toBe('a')
    board.ended('a', 'failed', 'disk full')
    expect(board.shown.step).toBeNull()
    expect(stepsOf(board)).toEqual(['1 a failed disk full', '2 b completed null'])
    // Once they are taken, they are not shown again.
    expect(stepsOf(board)).toEqual([])
  })

  it('waits while nothing else is under way; a wait of the name of a step is shown as one', () => {
    const { board } = createBoard()
    board.waits('wait', 'wait')
    expect(board.shown).toMatchObject({ status: 'waiting', step: 'wait', waitingFor: 'wait' })
    board.began('a')
    expect(board.shown).toMatchObject({ status: 'running', step: 'a', waitingFor: 'wait' })
    board.ended('a', 'completed', null)
    board.waited('wait', 'completed', null)
    expect(board.shown).toMatchObject({ status: 'running', step: null, waitingFor: null })
    board.waits('sleep#1', null)
    expect(board.shown).toMatchObject({ status: 'waiting', step: null, waitingFor: null })
    expect(stepsOf(board)).toEqual(['3 wait completed null', '1 a completed null'])
  })

  it('a step that a cancel stops is cancelled, also one that waits', () => {
    const { board } = createBoard()
    board.began('a')
    board.waits('wait', 'wait')
    board.ended('a', 'cancelled', 'no more')
    board.waited('wait', 'cancelled', 'no more')
    expect(stepsOf(board)).toEqual(['1 a cancelled no more', '3 wait cancelled no more'])
  })

  it('undoes: what cannot be undone is still there, with why', () => {
    const { board } = createBoard()
    board.compensates()
    board.undoes('b')
    expect(board.shown).toMatchObject({ status: 'compensating', step: 'b' })
    board.undone('b', null)
    board.undoes('a')
    board.undone('a', 'disk full')
    expect(stepsOf(board)).toEqual(['2 b compensated null', '1 a completed disk full'])
  })

  it('is what it was before, until something is done anew', () => {
    const before: Shown = {
      status: 'waiting',
      step: 'wait',
      waitingFor: 'e',
      progress: 40,
      message: 'half',
      ...uncounted,
    }
    const { board } = createBoard(before)
    board.ended('a', 'completed', null)
    board.reports({ percent: 50, message: null, ...uncounted })
    expect(board.shown).toEqual({ ...before, progress: 50, message: null })
    const counted = { done: 7, total: null, unit: 'files' }
    board.reports({ percent: undefined, message: null, ...counted })
    expect(board.shown).toEqual({ ...before, progress: 50, message: null, ...counted })
    board.waits('wait', 'wait')
    board.waited('wait', 'completed', null)
    expect(board.shown).toMatchObject({ status: 'running', step: null, waitingFor: null })
  })

  it('shows a step that was not declared behind the others, and tells of each change', () => {
    const { board, changes } = createBoard()
    board.began('more')
    board.retrying('more', 'try 1')
    board.reports({ percent: 40, message: 'half', ...uncounted })
    expect(changes()).toBe(3)
    expect(board.shown).toMatchObject({ progress: 40, message: 'half' })
    expect(stepsOf(board)).toEqual(['4 more running try 1'])
  })
})
