import { describe, expect, it } from 'vitest'
import { events, folds } from '../../test/support/job-states.ts'
import { type JobEvent, reduceJob } from './job-state.ts'
import type { JobPhase } from './phase.ts'

/** `same`: the very same view. `refused`, `stale`: the phase stays, only `sync` is another. */
type Expected = JobPhase | 'same' | 'refused' | 'stale'
type Row = Record<JobEvent['type'], Expected>

const idle: Row = {
  started: 'starting',
  startFailed: 'same',
  answered: 'running',
  updated: 'running',
  missed: 'missing',
  asked: 'same',
  refused: 'refused',
  troubled: 'stale',
  syncChanged: 'stale',
}
const active: Row = { ...idle, started: 'same' }
/** Only a start of another job, or a fresh registration's answer, leaves a phase that is done. */
const done: Row = { ...idle, updated: 'same', missed: 'same' }

const table: Record<JobPhase, Row> = {
  idle,
  // Nothing is known of it yet, and a refusal says that nothing will be.
  starting: { ...active, startFailed: 'failed', refused: 'idle' },
  queued: active,
  running: active,
  retrying: active,
  cancelling: active,
  succeeded: done,
  failed: done,
  cancelled: done,
  missing: done,
}

describe('reduceJob, every phase × every event', () => {
  for (const [phase, row] of Object.entries(table)) {
    for (const [type, expected] of Object.entries(row)) {
      it(`${phase} × ${type} → ${expected}`, () => {
        const before = folds[phase as JobPhase]
        const after = reduceJob(before, events[type as JobEvent['type']])
        expect(before.view.phase).toBe(phase)
        if (expected === 'same') return expect(after.view).toBe(before.view)
        if (expected === 'refused' || expected === 'stale') {
          const { sync, ...rest } = after.view
          expect(sync).toEqual({ status: expected, since: 7, reason: 'network' })
          // A refusal is an answer: nothing is loading any more.
          const loading = expected === 'stale' && before.view.loading
          return expect({ ...rest, sync: before.view.sync }).toEqual({ ...before.view, loading })
        }
        expect(after.view.phase).toBe(expected)
      })
    }
  }
})
