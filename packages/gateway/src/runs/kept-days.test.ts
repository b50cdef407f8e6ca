import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../errors.ts'
import { allKeptDays, describeRetention, type EndedRun, keptDays } from './kept-days.ts'
import { resolveRetention } from './retention-options.ts'

const ended = (run: Partial<EndedRun> = {}): EndedRun => ({
  kind: 'job',
  name: 'export_users',
  status: 'completed',
  isCancelRequested: false,
  ...run,
})

describe('how long an ended run is kept', () => {
  const retention = resolveRetention({
    failed: 90,
    jobs: { export_users: { succeeded: 7 }, audit: false, import_users: 1 },
    workflows: { export_users: 3 },
  })

  it.each<[string, Partial<EndedRun>, number | false]>([
    ['30 days', { name: 'other' }, 30],
    ['by its end', { name: 'other', status: 'failed' }, 90],
    ['by its end, also when all attempts failed', { name: 'other', status: 'dead_letter' }, 90],
    ['by its name and end', {}, 7],
    ['by its end where its name says nothing of that', { status: 'failed' }, 90],
    ['by the default of all', { status: 'cancelled' }, 30],
    ['for ever', { name: 'audit', status: 'failed' }, false],
    ['by its name alone', { name: 'import_users', status: 'failed' }, 1],
    ['by its kind', { kind: 'workflow', status: 'failed' }, 3],
    ['a name of Object', { name: 'constructor' }, 30],
    ['an undone workflow as failed', { kind: 'workflow', name: 'w', status: 'compensated' }, 90],
    [
      'a cancelled workflow',
      { kind: 'workflow', name: 'w', status: 'compensated', isCancelRequested: true },
      30,
    ],
  ])('%s', (_, run, days) => {
    expect(keptDays(retention, ended(run))).toBe(days)
  })

  it('lists every time, and says them in words', () => {
    expect(allKeptDays(retention)).toEqual([1, 3, 7, 30, 90])
    expect(describeRetention(retention)).toBe('ended runs are kept for 1 to 90 days')
    expect(describeRetention(resolveRetention())).toBe('ended runs are kept for 30 days')
    expect(describeRetention(resolveRetention(1))).toBe('ended runs are kept for 1 day')
    expect(describeRetention(resolveRetention(false))).toBeNull()
  })
})

it.each([
  [{ days: 0 }, 'retention.days is 0'],
  [{ days: Number.NaN }, 'retention.days is NaN'],
  [{ succeeded: '7' as never }, 'retention.succeeded is 7'],
  [
    { jobs: { export_users: { completed: 7 } as never } },
    'retention.jobs.export_users does not know',
  ],
  [{ workflows: { deploy: -1 } }, 'retention.workflows.deploy.days is -1'],
])('refuses %j', (options, message) => {
  expect(() => resolveRetention(options)).toThrow(ConfigurationError)
  expect(() => resolveRetention(options)).toThrow(message)
})
