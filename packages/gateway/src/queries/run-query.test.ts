import { expect, it } from 'vitest'
import { quiet } from '../../test/support/quiet.ts'
import { query } from '../app/query.ts'
import { createListCursors } from '../lists/list-cursor.ts'
import { createRunsQuery } from '../lists/runs-query.ts'
import { ownQuery } from './run-query.ts'

it('a query of the app is not the gateway’s own, whatever members it has', () => {
  const cursors = createListCursors(Buffer.alloc(32))
  const lists = createRunsQuery({ hasAuth: true, cursors, logger: quiet })
  expect(ownQuery(lists)).toBe(lists)
  const members = { topics: ['news'], show: true }
  expect(ownQuery(query({ run: () => null, ...members }))).toBeUndefined()
})
