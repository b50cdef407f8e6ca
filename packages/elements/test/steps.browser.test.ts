import { createStore, defineWorkflow } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import { add, fake, part, partsOf, shows, textOf, textsOf } from './support/page.ts'
import { job, step, workflow } from './support/views.ts'

const verify = defineWorkflow<{ email: string }, unknown>('verify')

it('shows the steps of a workflow, each from its start to its end', async () => {
  const { client, gateway, last } = createFakeClient({ workflows: ['verify'] })
  const run = client.start(verify, { email: 'ada@example.com' })
  const steps = add('headway-steps', { label: 'Verification' }, { run, client })
  await last('verify').step('create_account', 'completed').step('email_confirmed', 'running')
  expect(textsOf(steps, 'name')).toEqual(['create account', 'email confirmed'])
  expect(textsOf(steps, 'word')).toEqual(['Done', 'Running'])
  const [first, second] = partsOf(steps, 'step')
  expect([first?.ariaCurrent, second?.ariaCurrent]).toEqual([null, 'step'])
  expect(part(steps, 'list').ariaLabel).toBe('Verification')
  await last('verify').update({ status: 'waiting', waiting_for: 'clicked' })
  expect(textsOf(steps, 'word')).toEqual(['Done', 'Waiting'])
  await last('verify').step('email_confirmed', 'failed', 'too late').fail('too late')
  expect(textsOf(steps, 'error')).toEqual(['', 'too late'])
  expect(partsOf(steps, 'step')).toEqual([first, second])
  expect(second?.getAttribute('part')).toBe('step step-failed')
  expect(steps.dataset.phase).toBe('failed')
  expect(gateway.run(gateway.last('verify')).status).toBe('failed')
  client.close()
})

it('shows the workflow of an id', async () => {
  const { workflow_id } = fake.gateway.createWorkflow({
    status: 'running',
    step: 'send_mail',
    steps: [{ name: 'send_mail', status: 'running', error: null }],
  })
  const steps = add('headway-steps', { 'workflow-id': workflow_id })
  await shows(steps, 'name', 'send mail')
})

it('has names of the page for its steps, and removes those that are gone', () => {
  const run = createStore(workflow({ steps: [step('a', 'running'), step('b', 'pending')] }))
  const steps = add('headway-steps', {}, { run })
  steps.labels = { a: 'Create the account' }
  expect(textsOf(steps, 'name')).toEqual(['Create the account', 'b'])
  run.set(workflow({ steps: [step('b', 'running')] }))
  expect(textsOf(steps, 'name')).toEqual(['b'])
})

it('shows the status alone of a job', () => {
  const steps = add('headway-steps', {}, { run: createStore(job()) })
  expect(partsOf(steps, 'step')).toEqual([])
  expect(textOf(steps, 'status')).toBe('Running')
})
