import { expect, it } from 'vitest'
import { planTables } from './plan-tables.ts'

it('finds the tables of a plan, however deep, each once', () => {
  const users = { 'Node Type': 'Seq Scan', Schema: 'public', 'Relation Name': 'users', Alias: 'u' }
  const teams = { 'Node Type': 'Index Scan', Schema: 'app', 'Relation Name': 'teams' }
  const join = {
    'Node Type': 'Hash Join',
    Plans: [users, { 'Node Type': 'Hash', Plans: [teams, users] }],
  }
  expect(planTables([{ Plan: join }])).toEqual([
    { schema: 'public', name: 'users' },
    { schema: 'app', name: 'teams' },
  ])
})

it('finds none where none is read', () => {
  expect(planTables([{ Plan: { 'Node Type': 'Result', Output: ['1'] } }])).toEqual([])
  expect(planTables('nonsense')).toEqual([])
})
