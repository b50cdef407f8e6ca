import { pino } from 'pino'
import { expect, it } from 'vitest'
import { query } from '../app/query.ts'
import { createOutboxes } from '../sessions/outbox.ts'
import { createLiveQueries } from './live-queries.ts'
import type { QueryResult } from './run-query.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const as = (role: string) => ({ id: 'ann', roles: [role], expiresAt: 1e15 })

/** A query that shows the roles of who asks, in a database in which nothing happens. */
function watchRoles() {
  const answers: (() => void)[] = []
  const liveQueries = createLiveQueries(
    ({ principal }) =>
      new Promise<QueryResult>((resolve) => {
        const answer = JSON.stringify(principal?.roles)
        answers.push(() => resolve({ answer, tables: new Set(), ended: 7 }))
      }),
    { logger: pino({ level: 'silent' }), maskErrors: true },
    6,
  )
  const heard: string[] = []
  const outbox = createOutboxes().open((batch) => {
    for (const [, role] of batch
      .bytes()
      .toString()
      .matchAll(/"payload":\["(\w+)"/g))
      heard.push(String(role))
    return true
  })
  const answerAll = async (): Promise<void> => {
    await turn()
    for (const answer of answers.splice(0)) answer()
    await turn()
  }
  const asked = { name: 'roles', definition: query({ run: () => null }), args: null, input: null }
  return { liveQueries, heard, outbox, asked, answerAll }
}

it('rights that change twice before the query was asked anew leave nothing of the first', async () => {
  const { liveQueries, heard, outbox, asked, answerAll } = watchRoles()
  const watcher = liveQueries.watch({ ...asked, principal: as('admin') }, 'sub:1', outbox)
  const answer = liveQueries.result(watcher)
  await answerAll()
  liveQueries.answered(watcher, await answer)
  liveQueries.askAs(watcher, as('editor'))
  liveQueries.askAs(watcher, as('guest'))
  await answerAll()
  expect(heard.at(-1)).toBe('guest')
  liveQueries.close()
})
