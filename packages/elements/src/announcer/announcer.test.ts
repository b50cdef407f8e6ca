import type { AnyRunView } from '@headway/core/adapter'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ended, job, stale, step, workflow } from '../../test/support/views.ts'
import { announce, silentAnnouncer } from './announcer.ts'
import { mostAnnounced, windowTicks } from './budget.ts'

/** What is announced of these views, one for each. */
function hear(views: readonly AnyRunView[]): (string | null)[] {
  let state = silentAnnouncer
  return views.map((view) => {
    state = announce(state, view)
    return state.what
  })
}

const heard = (...views: AnyRunView[]) => hear(views).at(-1)

const loading = job({ loading: true, phase: 'queued' })
const starting = job({ loading: true, phase: 'starting', jobId: '' })

it.each<[string, AnyRunView[], string | null]>([
  ['a start', [starting], 'started'],
  ['a start, created', [starting, job({ phase: 'queued' })], null],
  ['a run that was there', [loading, job({ progress: 60 })], null],
  ['a run that had ended', [loading, job(ended('failed'))], null],
  ['a later percentage', [job({ progress: 1 }), job({ progress: 24 })], null],
  ['a quarter', [job({ progress: 24 }), job({ progress: 25 })], 'quarter 1'],
  ['two quarters at once', [job({ progress: 24 }), job({ progress: 60 })], 'quarter 2'],
  ['all done, but not ended', [job({ progress: 80 }), job({ progress: 100 })], null],
  ['a lost connection', [job(), job(stale())], 'stale'],
  ['still lost', [job(), job(stale()), job({ ...stale(), progress: 30 })], null],
  ['back again', [job(), job(stale()), job()], null],
  ['lost when the page came', [job(stale())], null],
  ['an end', [job(), job(ended('succeeded'))], 'ended'],
  ['an end that is said again', [job(), job(ended('failed')), job(ended('failed'))], null],
  ['run again', [job(ended('failed')), job({ phase: 'queued' })], 'started'],
  ['a wait', [workflow(), workflow({ phase: 'waiting' })], 'waiting'],
  [
    'a quarter of the steps',
    [
      workflow({ steps: ['a', 'b'].map((name) => step(name, 'running')) }),
      workflow({ steps: [step('a', 'completed'), step('b', 'running')] }),
    ],
    'quarter 2',
  ],
])('%s', (_, views, what) => {
  expect(heard(...views)).toBe(what)
})

describe('at most 6 per 1,000 changes', () => {
  it('of a run from its start to its end, with a lost connection: all six', () => {
    const ticks = Array.from({ length: windowTicks - 2 }, (_, tick) =>
      job({ progress: tick / 10, ...(tick % 100 > 90 && stale()) }),
    )
    const said = hear([starting, ...ticks, job(ended('succeeded'))]).filter(Boolean)
    expect(said).toEqual(['started', 'stale', 'quarter 1', 'quarter 2', 'quarter 3', 'ended'])
  })

  it('of any history', () => {
    const running = fc
      .record({ progress: fc.nat(100), isStale: fc.boolean(), isWaiting: fc.boolean() })
      .map(({ progress, isStale, isWaiting }) =>
        workflow({ progress, phase: isWaiting ? 'waiting' : 'running', ...(isStale && stale()) }),
      )
    const over = fc.constantFrom('failed', 'succeeded').map((phase) => workflow(ended(phase)))
    const history = fc.array(fc.oneof(running, over), { minLength: 500, maxLength: 2_500 })
    fc.assert(
      fc.property(history, (views) => {
        const said = hear(views)
        for (let at = 0; at < said.length; at += 100) {
          const heardNow = said.slice(at, at + windowTicks).filter(Boolean)
          expect(heardNow.length).toBeLessThanOrEqual(mostAnnounced)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('says it again in the next 1,000', () => {
    const flicker = [job(), job(stale())]
    const said = hear(Array.from({ length: windowTicks }, () => flicker).flat()).filter(Boolean)
    expect(said).toEqual(['stale', 'stale'])
  })
})
