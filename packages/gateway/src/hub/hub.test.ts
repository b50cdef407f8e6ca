import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

const at = (revision: number) => ({ revision })

describe('the snapshot gate', () => {
  it('holds back what comes before the answer, and drops what the answer has', () => {
    const gate = createSnapshotGate()
    expect(gate.offer(at(2))).toBeNull()
    expect(gate.offer(at(3))).toBeNull()
    expect(gate.open(at(3))).toBeNull()
    expect(gate.offer(at(3))).toBeNull()
    expect(gate.offer(at(4))).toEqual(at(4))
  })

  it('lets out, after the answer, the newest that came in between', () => {
    const gate = createSnapshotGate()
    gate.offer(at(5))
    gate.offer(at(4))
    expect(gate.open(at(3))).toEqual(at(5))
    expect(gate.offer(at(5))).toBeNull()
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
          for (const revision of before) expect(gate.offer(at(revision))).toBeNull()
          const got = [
            at(snapshot),
            gate.open(at(snapshot)),
            ...after.map((r) => gate.offer(at(r))),
          ]
            .flatMap((state) => state ?? [])
            .map(({ revision }) => revision)
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
})
