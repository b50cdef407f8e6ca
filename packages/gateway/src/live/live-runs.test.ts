import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import { createOutboxes } from '../streams/outbox.ts'
import { createLiveRuns } from './live-runs.ts'

describe('live runs', () => {
  const toRun = (id: string, revision: number): Run => runningJob(id, { revision })
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('reads what changed in one turn once, however often it did and however many watch', async () => {
    const reads: string[][] = []
    const liveRuns = createLiveRuns(
      {
        read: async (ids) => {
          reads.push([...ids])
          return ids.map((id) => toRun(id, 2))
        },
      },
      pino({ level: 'silent' }),
    )
    const frames: string[] = []
    const outboxes = createOutboxes()
    const outbox = outboxes.open((batch) => {
      frames.push(batch.bytes().toString())
      return true
    })
    for (let index = 0; index < 1_000; index += 1) {
      for (const id of ['a', 'b']) {
        const target = `job:${index}`
        const asked = {
          kind: 'job',
          runId: id,
          target,
          dialect: 'headway',
          outbox,
          seq: 0,
        } as const
        const registration = liveRuns.watch({
          ...asked,
          mayRead: () => true,
          ended: () => undefined,
        })
        liveRuns.answered(registration, toRun(id, 1))
      }
    }
    for (let times = 0; times < 3; times += 1) liveRuns.changed(['a', 'b', 'nobody watches'])
    await turn()
    await turn()
    expect(reads).toEqual([['a', 'b']])
    // All of it in one write.
    expect(frames).toHaveLength(1)
    expect(frames[0]?.match(/^data: /gm)).toHaveLength(2_000)
  })
})
