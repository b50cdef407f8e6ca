import type { AnyRunView } from '@headway/core/adapter'
import { expect, it } from 'vitest'
import { ended, job, stale, workflow } from '../../test/support/views.ts'
import { describeRun, type RunText } from './describe-run.ts'
import { createLanguage } from './language.ts'
import { runMessages } from './run-messages.ts'

const english = createLanguage('en', runMessages)

it.each<[string, AnyRunView, Partial<RunText>]>([
  ['loading', job({ loading: true, phase: 'queued' }), { status: 'Loading', percent: null }],
  [
    'starting',
    job({ loading: true, phase: 'starting' }),
    { status: 'Starting', number: '', percent: null, notice: '' },
  ],
  [
    'queued',
    job({ phase: 'queued', progress: 0, position: 1_200 }),
    { status: 'Queued', number: '', percent: null, detail: 'place in the queue: 1,200' },
  ],
  [
    'running',
    job({ progress: 40.9, message: 'reading', done: 4_090, total: 10_000, unit: 'rows' }),
    {
      number: '40%',
      percent: 40,
      detail: '4,090 of 10,000 rows, reading',
      summary: 'Running, 40%, 4,090 of 10,000 rows, reading',
    },
  ],
  ['running, without a total', job({ done: 3, unit: 'files' }), { detail: '3 files' }],
  ['running, without a unit', job({ done: 3, total: 4 }), { detail: '3 of 4' }],
  ['almost done', job({ progress: 99.9 }), { percent: 99, number: '99%' }],
  ['without progress', job({ progress: null }), { percent: null, number: '' }],
  [
    'the second attempt',
    job({ attempt: 2, progress: 0 }),
    { status: 'Running, attempt 2', number: '0%' },
  ],
  ['retrying', job({ phase: 'retrying', error: 'no disk' }), { detail: 'no disk' }],
  ['waiting', workflow({ phase: 'waiting' }), { status: 'Waiting' }],
  ['undoing', workflow({ phase: 'compensating' }), { status: 'Undoing' }],
  [
    'succeeded',
    job({ ...ended('succeeded'), progress: 80, message: 'old', attempt: 2 }),
    { status: 'Done', percent: 100, detail: '', summary: 'Done' },
  ],
  [
    'failed',
    job({ ...ended('failed'), progress: 40, error: 'no disk' }),
    { status: 'Failed', percent: 40, number: '40%', summary: 'Failed, no disk' },
  ],
  ['failed before it began', job({ ...ended('failed'), progress: 0 }), { number: '', percent: 0 }],
  ['cancelled', job({ ...ended('cancelled'), error: 'cancelled' }), { summary: 'Cancelled' }],
  ['cancelled, why', job({ ...ended('cancelled'), error: 'late' }), { summary: 'Cancelled, late' }],
  ['missing', job({ ...ended('missing'), error: 'gone' }), { status: 'Not found', detail: 'gone' }],
  [
    'out of date: its phase stays',
    job({ progress: 40, ...stale('network', Date.parse('2026-01-01T14:03:00')) }),
    { status: 'Running', number: '40%', notice: 'May be out of date since 2:03 PM' },
  ],
  ['out of date for a while', job(stale('wake')), { notice: 'May be out of date' }],
  ['ended before the loss', job({ ...ended('failed'), ...stale() }), { notice: '' }],
  [
    'catching up',
    job({ sync: { status: 'catching-up', since: 0, reason: null } }),
    { notice: 'Catching up' },
  ],
  [
    'refused',
    job({
      phase: 'idle',
      isActive: false,
      sync: { status: 'refused', since: 0, reason: 'FORBIDDEN' },
    }),
    { notice: 'No access to this run' },
  ],
])('a run that is %s', (_, view, text) => {
  const described = describeRun(view, english)
  // Some platforms write times with a narrow space.
  expect({ ...described, notice: described.notice.replace(/\s/gu, ' ') }).toMatchObject(text)
})

it('speaks other languages', () => {
  const messages = { running: 'Läuft', counts: '{done} von {total} {unit}' }
  const german = createLanguage('de', runMessages, messages)
  const view = job({ progress: 40, done: 4_000, total: 10_000, unit: 'Zeilen' })
  expect(describeRun(view, german)).toMatchObject({
    status: 'Läuft',
    number: '40\u00a0%',
    detail: '4.000 von 10.000 Zeilen',
  })
})

it('takes the formats of the platform for a language that there is not', () => {
  const odd = createLanguage('en_US!', runMessages)
  expect(describeRun(job({ progress: 40 }), odd).number).toMatch(/40\s?%/)
})
