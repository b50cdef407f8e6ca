import { defineJob } from '@headway/core'
import { expect, it } from 'vitest'
import { add, fake, part, shows, textOf } from './support/page.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')

it('shows a run from its start to its end', async () => {
  const run = fake.client.start(exportUsers, { format: 'csv' })
  const progress = add('headway-progress', { label: 'Export' }, { run })
  await shows(progress, 'status', 'Starting')
  await fake.last('export_users').counts(4_000, 10_000, 'rows')
  const bar = part(progress, 'bar')
  expect(textOf(progress, 'number')).toBe('40%')
  expect(textOf(progress, 'detail')).toBe('4,000 of 10,000 rows')
  expect(bar.ariaValueNow).toBe('40')
  expect(bar.getAttribute('aria-valuetext')).toBe('Running, 40%, 4,000 of 10,000 rows')
  expect(bar.ariaLabel).toBe('Export')
  await fake.last('export_users').complete('users.csv')
  expect(progress.dataset.phase).toBe('succeeded')
  expect(bar.getAttribute('aria-valuetext')).toBe('Done')
})
