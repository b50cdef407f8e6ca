import { expect, it } from 'vitest'
import { ended, job, step, workflow } from '../../test/support/views.ts'
import { describeSteps } from './describe-steps.ts'
import { createLanguage } from './language.ts'
import { runMessages } from './run-messages.ts'

const english = createLanguage('en', runMessages)
const steps = [step('create_account', 'completed'), step('email_confirmed', 'running')]

const words = (...[view, labels = {}]: [Parameters<typeof describeSteps>[0], object?]) =>
  describeSteps(view, labels as Record<string, string>, english).map(
    ({ status, isCurrent, texts }) => [texts.name, texts.word, status, isCurrent],
  )

it('tells each step, and the current one', () => {
  expect(words(workflow({ steps, step: 'email_confirmed' }))).toEqual([
    ['create account', 'Done', 'completed', false],
    ['email confirmed', 'Running', 'running', true],
  ])
})

it('tells which step waits', () => {
  const waiting = workflow({ steps, step: 'email_confirmed', phase: 'waiting' })
  expect(words(waiting).at(-1)).toEqual(['email confirmed', 'Waiting', 'waiting', true])
})

it('finds the current step on Forge, which does not name it', () => {
  expect(words(workflow({ steps })).map((each) => each[3])).toEqual([false, true])
})

it('has no current step after the end', () => {
  expect(words(workflow({ steps, ...ended('failed') })).map((each) => each[3])).toEqual([
    false,
    false,
  ])
})

it('takes names of the page', () => {
  const labels = { email_confirmed: 'Click the link' }
  expect(words(workflow({ steps }), labels).map(([name]) => name)).toEqual([
    'create account',
    'Click the link',
  ])
})

it('passes a status through that it does not know', () => {
  const odd = { ...step('a', 'running'), status: 'paused' as 'running' }
  expect(words(workflow({ steps: [odd] }))).toEqual([['a', 'paused', 'paused', false]])
})

it('tells nothing of a job', () => {
  expect(words(job())).toEqual([])
})
