import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, type Note, toNote } from './note.ts'
import { createNoteQueue } from './note-queue.ts'

const note = (runId: string, fields: Note['fields'], output: string | null = null): Note => ({
  runId,
  fields,
  output,
})

describe('a queue of notes', () => {
  it('keeps the order of each run, also of what was put back, and folds what is too much of one', () => {
    const placed = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()))
    fc.assert(
      fc.property(placed, fc.integer({ min: 1, max: 5 }), (adds, most) => {
        const queue = createNoteQueue({ notes: 1_000, perRun: 3 })
        const said = new Map<string, number>()
        for (const [index, [runId, isRefused]] of adds.entries()) {
          expect(queue.add({ note: note(runId, { progress: index }), place: [1, index] })).toBe(
            true,
          )
          said.set(runId, index)
          if (isRefused) queue.putBack(queue.take(most))
        }
        const seen = new Map<string, number[]>()
        while (queue.size > 0) {
          for (const { note, place } of queue.take(most)) {
            seen.set(note.runId, [...(seen.get(note.runId) ?? []), place[1]])
          }
        }
        for (const [runId, numbers] of seen) {
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
          expect(numbers.at(-1)).toBe(said.get(runId))
          expect(numbers.length).toBeLessThanOrEqual(3)
        }
        expect([...seen.keys()].sort()).toEqual([...said.keys()].sort())
      }),
    )
  })

  it('takes no more than it has room for, of what it does not know yet', () => {
    const queue = createNoteQueue({ notes: 2, perRun: 1 })
    const adds = ['a', 'b', 'c', 'a'].map((runId, index) =>
      queue.add({ note: note(runId, { progress: index }), place: [1, index] }),
    )
    expect(adds).toEqual([true, true, false, true])
    expect(queue.take(9).map(({ note }) => note.fields.progress)).toEqual([3, 1])
    expect(queue.size).toBe(0)
  })
})

it.each<[string, Note, Note, object]>([
  [
    'the later word of each field',
    note('a', { progress: 1, message: 'x' }),
    note('a', { progress: 2 }),
    { fields: { progress: 2, message: 'x' } },
  ],
  ['the output of either', note('a', {}, '1'), note('a', { progress: 2 }), { output: '1' }],
  [
    'nothing after an end',
    note('a', { status: 'failed' }),
    note('a', { status: 'completed', progress: 9 }),
    { fields: { status: 'failed' } },
  ],
])('of two notes is left %s', (_, first, second, expected) => {
  expect(fold(first, second)).toMatchObject(expected)
})

it('a note holds text as PostgreSQL can, and its output as it came', () => {
  const job_id = 'C56A4180-65AA-42EC-A945-5FD21DEC0538'
  expect(toNote({ job_id, message: 'a\0', error: '\ud800', output: ['\0', '\udfff'] })).toEqual({
    runId: job_id.toLowerCase(),
    fields: { message: 'a\uFFFD', error: '\uFFFD' },
    output: '["\\u0000","\uFFFD"]',
  })
})
