import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSnapshotGate } from './snapshot-gate.ts'

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

  it('surpasses all that was sent, once it is answered', () => {
    const gate = createSnapshotGate()
    expect(gate.surpass()).toBeNull()
    expect(gate.open(3)).toBe(true)
    expect(gate.isAt(3)).toBe(true)
    expect(gate.surpass()).toBe(4)
    expect([gate.isAt(3), gate.isAt(4), gate.offer(4), gate.offer(5)]).toEqual([
      false,
      true,
      false,
      true,
    ])
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
