import { defineJob } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import { add, fake, part, shows, textOf } from './support/page.ts'

const exportUsers = defineJob<null, string>('export_users')

it('shows the connection, its loss and its return, and tries again on a click', async () => {
  const fake = createFakeClient({}, { random: () => 0.5 })
  const connection = add('headway-connection', {}, { client: fake.client })
  expect(connection.dataset.status).toBe('idle')
  fake.client.start(exportUsers, null)
  await shows(connection, 'text', 'Connected')
  const button = part(connection, 'button')
  expect(button.hidden).toBe(true)
  expect(textOf(connection, 'announcer')).toBe('')
  await fake.last('export_users').running().dropConnection().wait(5_000)
  await shows(connection, 'text', 'Connection lost, trying again')
  expect(connection.dataset.status).toBe('lost')
  await shows(connection, 'announcer', 'Connection lost, trying again')
  await expect.poll(() => button.hidden).toBe(false)
  fake.gateway.goOnline()
  button.focus()
  button.click()
  await shows(connection, 'text', 'Connected')
  await shows(connection, 'announcer', 'Connected')
  // It keeps the focus until it leaves.
  expect(button.hidden).toBe(false)
  expect(button.ariaDisabled).toBe('true')
  fake.client.close()
})

it('says why there is none, and what to do', async () => {
  const connection = add('headway-connection')
  fake.client.start(exportUsers, null)
  await shows(connection, 'text', 'Connected')
  fake.client.close()
  await shows(connection, 'text', 'Disconnected')
  expect(part(connection, 'button').hidden).toBe(false)
})

it('follows nothing outside of a page', async () => {
  const connection = add('headway-connection')
  connection.remove()
  fake.client.start(exportUsers, null)
  await fake.settled()
  expect(connection.dataset.status).toBe('idle')
})
