import { describe, expect, it } from 'vitest'
import { RpcError } from '../errors.ts'
import { idleQuery, type QueryEvent, reduceQuery } from './query-state.ts'
import { toFold } from './run-state.ts'

const refusal = (message: string): RpcError =>
  new RpcError(message, { code: 'FORBIDDEN', status: 403, retryAfterMs: null, details: null })
const after = (...events: QueryEvent[]) => events.reduce(reduceQuery, toFold(idleQuery))
const answered: QueryEvent = { type: 'answered', snapshot: { data: ['ann'] }, at: 1 }

describe('reduceQuery', () => {
  it.each<[string, QueryEvent, QueryEvent]>([
    ['a result', { ...answered, at: 2 } as QueryEvent, { ...answered, at: 3 } as QueryEvent],
    [
      'a refusal',
      { type: 'refused', error: refusal('not yours'), at: 2 },
      { type: 'refused', error: refusal('not yours'), at: 3 },
    ],
    [
      'trouble',
      { type: 'troubled', error: refusal('too large'), at: 2 },
      { type: 'troubled', error: refusal('too large'), at: 3 },
    ],
  ])('keeps the same view for %s that repeats', (_, once, again) => {
    const fold = after(answered, once)
    expect(reduceQuery(fold, again).view).toBe(fold.view)
  })

  it('makes a new view for another refusal', () => {
    const fold = after(answered, { type: 'refused', error: refusal('not yours'), at: 2 })
    const other = reduceQuery(fold, { type: 'refused', error: refusal('nor his'), at: 3 })
    expect(other.view).toMatchObject({ data: ['ann'], stale: true, error: { message: 'nor his' } })
  })
})

describe('a new registration', () => {
  const at = (revision: number, data = [revision]) => ({ data, revision })
  const asked: QueryEvent = { type: 'asked', isFirst: true }
  const askedAgain: QueryEvent = { type: 'asked' }
  const answer = (revision: number): QueryEvent => ({
    type: 'answered',
    snapshot: at(revision),
    at: 1,
  })
  const update = (revision: number): QueryEvent => ({ type: 'updated', snapshot: at(revision) })

  it.each<[string, QueryEvent[], number]>([
    ['shows its answer, also with a lower revision', [answer(900), asked, answer(5)], 5],
    ['shows a push after its answer', [answer(900), asked, answer(5), update(6)], 6],
    ['shows a push that overtook its answer', [answer(900), asked, update(6), answer(5)], 6],
    ['drops an older push', [answer(900), asked, answer(5), update(4)], 5],
    ['drops an older push on the same session', [asked, answer(9), askedAgain, update(8)], 9],
    ['compares with its own answer', [asked, answer(5), update(7), asked, answer(6), update(7)], 7],
  ])('%s', (_, events, shown) => {
    expect(after(...events).view.data).toEqual([shown])
  })
})
