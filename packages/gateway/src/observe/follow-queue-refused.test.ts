import { expect, it } from 'vitest'
import { startFollowing } from '../../test/support/followed-queue.ts'

it('a job whose data cannot be stored holds up no other, nor the queue', async () => {
  const { queue, store, followed, shown } = startFollowing()
  queue.tell('drained')
  await followed.advance()
  for (const id of ['1', 'bad', '2']) queue.add(id)
  store.refused = 'bad'
  await followed.advance()
  expect(shown()).toEqual({ 1: 'pending', 2: 'pending' })
  expect(followed.place()).toBe(queue.last())
  expect(store.cursor).toBe(queue.last())
})

it('a result that cannot be stored is left out, and the end is shown', async () => {
  const { queue, store, followed, shown } = startFollowing()
  for (const id of ['1', '2']) queue.add(id)
  await followed.advance()
  store.refusedOutput = '[[]]'
  queue.end('1', 'completed', '[[]]')
  queue.end('2', 'completed', '[]')
  await followed.advance()
  expect(shown()).toEqual({ 1: 'completed', 2: 'completed' })
  const message = 'Its result cannot be stored, and is not shown'
  expect(store.runs.get('1')).toMatchObject({ output: 'null', message })
  expect(store.runs.get('2')).toMatchObject({ output: '[]', message: null })
})
