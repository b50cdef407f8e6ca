import { pino } from 'pino'
import { expect, it } from 'vitest'
import { query } from '../app/query.ts'
import type { QueryResult } from '../queries/run-query.ts'
import { createOutboxes } from '../streams/outbox.ts'
import { createLiveQueries } from './live-queries.ts'

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
  const asked = {
    name: 'roles',
    definition: query({ run: () => null }),
    args: null,
    argsBytes: 4,
    input: null,
  }
  return { liveQueries, heard, outbox, asked, answerAll }
}

it('rights that change twice before the query was asked anew leave nothing of the first', async () => {
  const { liveQueries, heard, outbox, asked, answerAll } = watchRoles()
  const watcher = liveQueries.watch(
    { ...asked, principal: as('admin') },
    { target: 'sub:1', outbox, seq: 0 },
  )
  const answer = liveQueries.result(watcher)
  await answerAll()
  liveQueries.answered(watcher, await answer)
  liveQueries.askAs(watcher, as('editor'))
  liveQueries.askAs(watcher, as('guest'))
  await answerAll()
  expect(heard.at(-1)).toBe('guest')
  liveQueries.close()
})

/**
 * Queries that show what is stored under their arguments; results of so many characters are kept.
 */
function watchStored(maxKeptChars: number) {
  const stored = new Map<unknown, string>()
  const asked: unknown[] = []
  const liveQueries = createLiveQueries(
    async ({ args }) => {
      asked.push(args)
      return { answer: JSON.stringify(stored.get(args)), tables: new Set([String(args)]), ended: 0 }
    },
    { logger: pino({ level: 'silent' }), maskErrors: true },
    6,
    maxKeptChars,
  )
  const heard: string[] = []
  const outbox = createOutboxes().open((batch) => {
    for (const [, target, text] of batch
      .bytes()
      .toString()
      .matchAll(/"target":"(\w+)","payload":"(\w+)"/g)) {
      heard.push(`${target} ${text}`)
    }
    return true
  })
  const definition = query({ run: () => null })
  const watch = (args: string, target: string) => {
    const watched = { name: 'stored', definition, principal: null, args, argsBytes: 3, input: args }
    return liveQueries.watch(watched, { target, outbox, seq: 0 })
  }
  const register = async (args: string, target: string) => {
    const watcher = watch(args, target)
    const state = await liveQueries.result(watcher)
    liveQueries.answered(watcher, state)
    return { watcher, state }
  }
  return { liveQueries, stored, asked, heard, watch, register }
}

it('a result that is not kept is read again for whoever comes, and is no news to others', async () => {
  const { liveQueries, stored, asked, heard, register } = watchStored(6)
  stored.set('a', 'one').set('b', 'two')
  const first = await register('a', 'first')
  await register('b', 'other')
  asked.splice(0)
  expect((await register('a', 'second')).state).toEqual(first.state)
  expect(asked).toEqual(['a'])
  // What was read last is kept.
  expect((await register('a', 'third')).state).toEqual(first.state)
  expect(asked).toEqual(['a'])
  await turn()
  expect(heard).toEqual([])
  liveQueries.close()
})

it('whoever comes after a change was noted gets the result with it', async () => {
  const { liveQueries, stored, asked, heard, register } = watchStored(100)
  stored.set('a', 'one')
  await register('a', 'first')
  stored.set('a', 'two')
  asked.splice(0)
  liveQueries.changed('a')
  expect((await register('a', 'second')).state.text).toBe('"two"')
  expect(asked).toEqual(['a'])
  await turn()
  expect(heard).toEqual(['first two'])
  liveQueries.close()
})

it.each([
  ['is kept', 100],
  ['is not kept', 0],
])('what changes before its answer is out is pushed after it, when it %s', async (_, chars) => {
  const { liveQueries, stored, heard, register, watch } = watchStored(chars)
  stored.set('a', 'one')
  await register('a', 'first')
  const late = watch('a', 'late')
  const answer = await liveQueries.result(late)
  stored.set('a', 'two')
  await liveQueries.allChanged()
  await turn()
  expect(heard).toEqual(['first two'])
  liveQueries.answered(late, answer)
  await turn()
  await turn()
  expect(heard).toEqual(['first two', 'late two'])
  // It is no news to anybody now.
  await liveQueries.allChanged()
  await turn()
  expect(heard).toHaveLength(2)
  liveQueries.close()
})
