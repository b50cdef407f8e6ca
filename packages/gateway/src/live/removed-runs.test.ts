import { expect, it } from 'vitest'
import type { FrameStream } from './frame-stream.ts'
import type { RunRegistration } from './registration.ts'
import { createRemovedRuns } from './removed-runs.ts'

it.each([
  ['ended runs are kept for 7 days', true],
  [null, false],
])('remembers who was sent an end only if runs are removed: %s', (retentionText, isAwaited) => {
  const removed = createRemovedRuns(
    () => [],
    () => undefined,
    retentionText,
  )
  const outbox: FrameStream = { send: () => undefined, forget: () => undefined }
  const registration = { kind: 'job', runId: 'a', target: 'job:a', outbox } as RunRegistration
  removed.endWith(registration, { revision: 3 })
  expect(removed.isAwaited('a')).toBe(isAwaited)
})
