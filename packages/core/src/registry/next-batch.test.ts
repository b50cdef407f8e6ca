import { describe, expect, it } from 'vitest'
import { jobKind } from '../kinds/job-kind.ts'
import { queryKind } from '../kinds/query-kind.ts'
import { idleJob } from '../state/job-state.ts'
import { idleQuery } from '../state/query-state.ts'
import { toFold } from '../state/run-state.ts'
import { createServerClock } from '../time/server-clock.ts'
import { Cell } from './cell.ts'
import { nextBatch } from './next-batch.ts'

const clock = createServerClock(() => 0)
const job = (id: string): Cell => new Cell(jobKind.toTarget(id), toFold(idleJob), clock)
const search = (args: unknown): Cell => {
  const item = { kind: 'query', id: 'q1', function: 'search', args } as const
  return new Cell({ kind: queryKind, item }, toFold(idleQuery), clock)
}
const query = (chars: number): Cell => {
  return search('x'.repeat(chars))
}

describe('the next batch', () => {
  it.each<[string, Cell[], number, number]>([
    ['takes nothing of nothing', [], 100, 0],
    ['takes all that are due', [job('1'), job('2')], 100, 2],
    ['takes no more than it may', [job('1'), job('2'), job('3')], 2, 2],
    [
      'ends before the query that is too much',
      [query(200_000), query(40_000), query(20_000)],
      9,
      2,
    ],
    ['takes a query that is too much by itself', [query(300_000), query(1)], 9, 1],
    ['leaves such a query behind a run to the batch after it', [job('1'), query(300_000)], 9, 1],
    ['counts runs as nothing', [query(249_000), job('1'), job('2'), query(10)], 9, 4],
  ])('%s', (_, due, maxCount, expected) => {
    expect(nextBatch(due, maxCount)).toBe(expected)
  })

  it('counts arguments that are undefined as nothing', () => {
    expect(nextBatch([search(undefined), job('1')], 9)).toBe(2)
  })
})
