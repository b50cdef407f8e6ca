import { expect, it } from 'vitest'
import { ended, job } from '../../test/support/views.ts'
import { createLanguage } from '../text/language.ts'
import { runMessages } from '../text/run-messages.ts'
import { type Attention, type Note, noteOf } from './notification.ts'

const away: Attention = { isHidden: true, permission: 'granted' }
const done = job({ ...ended('failed'), error: 'no disk' })
const note = { title: 'Users', body: 'Failed, no disk', tag: 'a' }

it.each<[string, Attention, Note | null]>([
  ['while the page is hidden', away, note],
  ['while it can be seen', { ...away, isHidden: false }, null],
  ['without permission', { ...away, permission: 'denied' }, null],
  ['before the person was asked', { ...away, permission: 'default' }, null],
  ['in a browser without notifications', { ...away, permission: 'unsupported' }, null],
])('an end %s', (_, attention, expected) => {
  const english = createLanguage('en', runMessages)
  expect(noteOf(done, 'Users', attention, english)).toEqual(expected)
})
