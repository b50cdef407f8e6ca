import type { AnyRunView } from '@headway/core/adapter'
import { expect, it } from 'vitest'
import { ended, job } from '../../test/support/views.ts'
import { createLanguage } from '../text/language.ts'
import { runMessages } from '../text/run-messages.ts'
import { type Attention, type Note, noteOf } from './notification.ts'

const away: Attention = { isHidden: true, permission: 'granted' }
const done = job({ ...ended('failed'), error: 'no disk' })
const note = { title: 'Users', body: 'Failed, no disk', tag: 'a' }

it.each<[string, AnyRunView | undefined, AnyRunView, Attention, Note | null]>([
  ['an end while the page is hidden', job(), done, away, note],
  ['an end that can be seen', job(), done, { ...away, isHidden: false }, null],
  ['without permission', job(), done, { ...away, permission: 'denied' }, null],
  ['not asked yet', job(), done, { ...away, permission: 'default' }, null],
  ['no notifications there', job(), done, { ...away, permission: 'unsupported' }, null],
  ['progress', job(), job({ progress: 60 }), away, null],
  ['an end before the page came', undefined, done, away, null],
  ['an end that was told', done, done, away, null],
])('%s', (_, before, after, attention, expected) => {
  const english = createLanguage('en', runMessages)
  expect(noteOf(before, after, 'Users', attention, english)).toEqual(expected)
})
