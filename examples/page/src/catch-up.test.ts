import { describe, expect, it } from 'vitest'
import { type CatchUp, catchUpText, current, type Followed, reduceCatchUp } from './catch-up.ts'

type Connection = Parameters<typeof reduceCatchUp>[1]['connection']

const job = (sync: Followed['sync'], progress: number, phase = 'running'): Followed => ({
  id: 'job 1',
  sync,
  values: { phase, progress },
})
const list = (sync: Followed['sync'], ...rows: string[]): Followed => ({
  id: 'list',
  sync,
  values: Object.fromEntries(rows.map((row) => [`row ${row}`, 'shown'])),
})

/** The state after looks at 10 ms, 20 ms, … */
const after = (...looks: [Connection, ...Followed[]][]): CatchUp =>
  looks.reduce(
    (state, [connection, ...followed], index) =>
      reduceCatchUp(state, { at: 10 * (index + 1), connection, followed }),
    current,
  )

describe('catching up', () => {
  it('counts the values that changed, from the attempt that succeeded until all is live', () => {
    const state = after(
      ['open', job('live', 40), list('live', 'a', 'b')],
      ['waiting', job('stale', 40), list('stale', 'a', 'b')],
      ['connecting', job('stale', 40), list('stale', 'a', 'b')],
      ['waiting', job('stale', 40), list('stale', 'a', 'b')],
      ['connecting', job('stale', 40), list('stale', 'a', 'b')],
      ['open', job('catching-up', 40), list('catching-up', 'a', 'b')],
      ['open', job('live', 100, 'succeeded'), list('catching-up', 'a', 'b')],
      ['open', job('live', 100, 'succeeded'), list('live', 'b', 'c')],
    )
    const updates = [
      'phase running to succeeded',
      'progress 40 to 100',
      'row a is gone',
      'row c is new',
    ]
    expect(state).toEqual({ status: 'caught-up', updates, ms: 30 })
  })

  it('is not over while the stream is lost, whatever the views say', () => {
    const lost = after(['open', job('live', 40)], ['waiting', job('stale', 40)])
    expect(lost).toMatchObject({ status: 'behind', openingAt: null })
    expect(
      reduceCatchUp(lost, { at: 30, connection: 'waiting', followed: [job('live', 60)] }),
    ).toBe(lost)
  })

  it('counts nothing of what was not followed before the loss', () => {
    const state = after(
      ['open', job('live', 40)],
      ['waiting', job('stale', 40)],
      ['connecting', job('stale', 40), list('connecting')],
      ['open', job('live', 40), list('live', 'a')],
    )
    expect(state).toEqual({ status: 'caught-up', updates: [], ms: 10 })
  })

  it('waits for what is followed since', () => {
    const state = after(
      ['open', job('live', 40)],
      ['waiting', job('stale', 40)],
      ['open', job('live', 40), list('connecting')],
    )
    expect(state.status).toBe('behind')
  })

  it('begins again with the next loss, and is nothing to speak of without one', () => {
    const looks = [
      ['open', job('live', 40)],
      ['waiting', job('stale', 40)],
      ['open', job('live', 50)],
    ] as [Connection, ...Followed[]][]
    expect(after(['idle'], ['connecting', job('connecting', 0)], ['open', job('live', 40)])).toBe(
      current,
    )
    expect(after(...looks)).toMatchObject({ updates: ['progress 40 to 50'] })
    expect(after(...looks, ['waiting', job('stale', 50)])).toMatchObject({ status: 'behind' })
    expect(after(...looks, ['waiting', job('live', 100, 'succeeded')])).toBe(current)
    expect(after(...looks.slice(0, 2), ['waiting'])).toBe(current)
  })

  it('does not begin while the server alone is in doubt', () => {
    expect(after(['open', job('live', 40)], ['open', job('stale', 40)])).toBe(current)
  })
})

it.each<[CatchUp, string, string]>([
  [current, '', ''],
  [{ status: 'behind', before: new Map(), openingAt: null }, '', ''],
  [{ status: 'caught-up', updates: ['a is new'], ms: 0.2 }, '1 update in 1 ms', ': a is new.'],
  [{ status: 'caught-up', updates: [], ms: 1_234.5 }, '0 updates in 1235 ms', '.'],
  [
    { status: 'caught-up', updates: [...'abcdefg'], ms: 14 },
    '7 updates in 14 ms',
    ': a, b, c, d, e and 2 more.',
  ],
])('%j in words', (state, summary, details) => {
  expect(catchUpText(state)).toEqual({ summary: summary && `Caught up: ${summary}`, details })
})
