import { describe, expect, it } from 'vitest'
import {
  begin,
  beginWorkflow,
  board,
  effects,
  endOfJob,
  endOfWorkflow,
  gates,
  refuse,
} from './support/refused-ends.ts'

/**
 * One SQLSTATE of each class that a statement can be refused with, and `cut`: done, and the answer
 * lost.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const passing = [
  ...['03000', '08006', '08P01', '09000', '0A000', '0B000', '0F000', '0L000', '0P000', '0Z000'],
  ...['20000', '24000', '25006', '25P02', '25P03', '26000', '27000', '28000', '28P01', '2B000'],
  ...['2D000', '2F000', '34000', '38000', '39000', '3B000', '3D000', '3F000', '40001', '40P01'],
  ...['42501', '42P01', '44000', '53100', '53200', '53300', '54000', '55000', '55P03', '55006'],
  ...['57014', '57P01', '57P02', '57P03', '57P05', '58000', '58030', '72000', 'F0000', 'HV000'],
  ...['P0001', 'XX000', 'XX001', 'cut'],
]
const progressOfJobs = /-- The newest progress/
const recordOfStep = /INSERT INTO "dbos".operation_outputs/

/** The outcome for each SQLSTATE, several at the same time. */
async function each<T>(states: string[], width: number, run: (state: string) => Promise<T>) {
  const results = new Map<string, T>()
  const left = [...states]
  const work = async (): Promise<void> => {
    for (let state = left.shift(); state !== undefined; state = left.shift()) {
      results.set(state, await run(state))
    }
  }
  await Promise.all(Array.from({ length: width }, work))
  return Object.fromEntries(results)
}

const all = <T>(states: string[], value: T) => Object.fromEntries(states.map((s) => [s, value]))

describe('errors that pass', () => {
  it('a finished job is recorded once, and its effect happens once', async () => {
    const results = await each(passing, 60, async (state) => {
      const { handle, id, goOn } = await begin('once')
      const refusal = refuse(endOfJob, id, state, state === 'cut' ? 1 : 2)
      goOn()
      const output = await handle.result
      const { attempt, progress } = handle.getSnapshot()
      return { output, attempt, progress, effects: effects.get(id), left: refusal.times }
    })
    const done = { output: 1, attempt: 1, progress: 99, effects: 1, left: 0 }
    expect(results).toEqual(all(passing, done))
  })

  it('a failure is recorded once, with its reason', async () => {
    const results = await each(passing, 60, async (state) => {
      const { handle, id, goOn } = await begin('fails')
      const refusal = refuse(endOfJob, id, state, state === 'cut' ? 1 : 2)
      goOn()
      await handle.result.catch(() => undefined)
      const { status, error, attempt } = handle.getSnapshot()
      return { status, error, attempt, left: refusal.times }
    })
    const failed = { status: 'failed', error: 'failed 1 time', attempt: 1, left: 0 }
    expect(results).toEqual(all(passing, failed))
  })

  it('the steps, boards and end of a workflow are recorded once', async () => {
    // They are written together: one that is refused keeps the others waiting.
    const results = await each(passing, 3, async (state) => {
      const { handle, id, goOn } = await beginWorkflow()
      const kinds = [recordOfStep, board, endOfWorkflow]
      const refusals = kinds.map((kind) => refuse(kind, id, state, 1))
      goOn()
      const output = await handle.result
      const steps = handle.getSnapshot().steps.map(({ status }) => status)
      const left = refusals.map(({ times }) => times)
      return { output, steps, effects: effects.get(id), left }
    })
    const done = { output: 2, steps: ['completed', 'completed'], effects: 2, left: [0, 0, 0] }
    expect(results).toEqual(all(passing, done))
  })

  it('progress is shown in spite of the error', async () => {
    const states = ['08006', '40001', '42501', '54000', '55P03', 'XX000', 'cut']
    await each(states, 7, async (state) => {
      const { handle, id, goOn } = await begin('reports')
      refuse(progressOfJobs, id, state, 1)
      goOn()
      await expect.poll(() => handle.getSnapshot().progress).toBe(50)
      gates.get(`${id} again`)?.()
      await handle.result
    })
  })
})
