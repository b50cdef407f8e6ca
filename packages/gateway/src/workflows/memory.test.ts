import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StepLog } from '../engines/workflow-engine.ts'
import { carryOver, createMemory, type Outcome, toRepeat } from './memory.ts'

const done = (value: unknown = null): Outcome => ({ ok: true, value })
const failed: Outcome = { ok: false, error: 'disk full' }

/** A log in memory; a crash is whatever leaves it as it is. */
function createLog(
  records = new Map<string, unknown>(),
): StepLog & { records: Map<string, unknown> } {
  return {
    records,
    async record(key, work) {
      const value = await work()
      records.set(key, value)
      return value
    },
  }
}

describe('what is done when a run goes on after it has ended', () => {
  it.each<[string, [string, Outcome][], string[]]>([
    ['a step that was done is done', [['step/a', done()]], ['step/a']],
    ['one that failed is not', [['step/a', failed]], []],
    [
      'one that was undone is not, and can be undone again',
      [
        ['step/a', done()],
        ['undo/a', done()],
      ],
      [],
    ],
    [
      'one that could not be undone is still done, and it is tried again to undo it',
      [
        ['step/a', done()],
        ['undo/a', failed],
      ],
      ['step/a'],
    ],
    [
      'a wait that ended is over',
      [
        ['until/e#1', done(7)],
        ['wait/e#1', done()],
      ],
      ['until/e#1', 'wait/e#1'],
    ],
    [
      'one that took too long begins anew',
      [
        ['until/e#1', done(7)],
        ['wait/e#1', failed],
      ],
      [],
    ],
    ['so does one that was interrupted', [['until/e#1', done(7)]], []],
    ['a name may hold anything but a slash', [['step/undo:a', done()]], ['step/undo:a']],
  ])('%s', (_, entries, kept) => {
    expect([...toRepeat(new Map(entries)).keys()]).toEqual(kept)
  })
})

describe('what is carried over', () => {
  it('is everything that was remembered, over any number of crashes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), { maxLength: 5 }),
        async (lives) => {
          let before: ReadonlyMap<string, unknown> = new Map()
          const all = new Map<string, Outcome>()
          for (const [life, keys] of lives.entries()) {
            const log = createLog()
            const known = await carryOver(log, async () => before, false)
            expect([...known].sort()).toEqual([...all].sort())
            const memory = createMemory(log, known)
            for (const key of keys.map((key) => `step/${key}`)) {
              if (memory.recall(key)) continue
              all.set(key, await memory.remember(key, async () => done(life)))
            }
            before = log.records
          }
        },
      ),
    )
  })

  it('is what the log says of it, should it be read again', async () => {
    const log = createLog()
    await carryOver(log, async () => new Map([['step/a', failed]]), true)
    expect(log.records.get('carried')).toEqual([])
  })
})
