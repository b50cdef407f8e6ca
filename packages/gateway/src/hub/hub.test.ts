import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { runningJob } from '../../test/support/running-job.ts'
import type { Run } from '../runs/run-store.ts'
import { createOutboxes } from '../sessions/outbox.ts'
import { createHub } from './hub.ts'
import { createSnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

describe('the snapshot gate', () => {
  it('holds back what comes before the answer, and drops what the answer has', () => {
    const gate = createSnapshotGate()
    expect(gate.offer(2)).toBe(false)
    expect(gate.offer(3)).toBe(false)
    expect(gate.open(3)).toBe(false)
    expect(gate.offer(3)).toBe(false)
    expect(gate.offer(4)).toBe(true)
  })

  it('says after the answer that there is a newer one, and lets it through once', () => {
    const gate = createSnapshotGate()
    gate.offer(5)
    gate.offer(4)
    expect(gate.open(3)).toBe(true)
    expect(gate.offer(5)).toBe(true)
    expect(gate.offer(5)).toBe(false)
  })

  it('gives every client the newest state, and never an older one after a newer', () => {
    const revisions = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 9 })
    fc.assert(
      fc.property(
        revisions,
        fc.integer({ min: 1, max: 9 }),
        revisions,
        (before, snapshot, after) => {
          const gate = createSnapshotGate()
          for (const revision of before) expect(gate.offer(revision)).toBe(false)
          const again = gate.open(snapshot) ? [Math.max(...before)] : []
          const got = [snapshot, ...[...again, ...after].filter((one) => gate.offer(one))]
          expect(got).toEqual([...new Set(got)].sort((a, b) => a - b))
          expect(got.at(-1)).toBe(Math.max(...before, snapshot, ...after))
        },
      ),
    )
  })
})

describe('subscriptions', () => {
  it('finds who watches a run, and forgets a run that nobody watches', () => {
    const subscriptions = createSubscriptions<string>()
    subscriptions.add('1', 'ann')
    subscriptions.add('1', 'bob')
    subscriptions.add('2', 'ann')
    expect([...subscriptions.watchers('1')]).toEqual(['ann', 'bob'])
    expect(subscriptions.isWatching('1', 'ann')).toBe(true)
    subscriptions.remove('1', 'ann')
    subscriptions.remove('1', 'ann')
    expect(subscriptions.isWatching('1', 'ann')).toBe(false)
    subscriptions.remove('2', 'ann')
    subscriptions.remove('3', 'ann')
    expect([...subscriptions.runIds()]).toEqual(['1'])
    expect([...subscriptions.watchers('2')]).toEqual([])
    expect(subscriptions.has('2')).toBe(false)
  })

  it('takes a watcher once, however often it is added, and lets it go at once', () => {
    const subscriptions = createSubscriptions<string>()
    subscriptions.add('1', 'ann')
    subscriptions.add('1', 'ann')
    expect([...subscriptions.watchers('1')]).toEqual(['ann'])
    expect(subscriptions.isWatching('1', 'bob')).toBe(false)
    subscriptions.remove('1', 'bob')
    expect(subscriptions.has('1')).toBe(true)
    subscriptions.remove('1', 'ann')
    expect(subscriptions.has('1')).toBe(false)
  })
})

describe('the hub', () => {
  const toRun = (id: string, revision: number): Run => runningJob(id, { revision })
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('reads what changed in one turn once, however often it did and however many watch', async () => {
    const reads: string[][] = []
    const hub = createHub(
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
        const asked = { runId: id, target, dialect: 'headway', outbox } as const
        const watcher = hub.watch({ ...asked, mayRead: () => true, ended: () => undefined })
        hub.answered(watcher, toRun(id, 1))
      }
    }
    for (let times = 0; times < 3; times += 1) hub.changed(['a', 'b', 'nobody watches'])
    await turn()
    await turn()
    expect(reads).toEqual([['a', 'b']])
    // All of it in one write.
    expect(frames).toHaveLength(1)
    expect(frames[0]?.match(/^data: /gm)).toHaveLength(2_000)
  })
})
