import { randomUUID } from 'node:crypto'
import { runIdOf } from '@headway/core/queues'
import { expect, it } from 'vitest'
import { createLateRuns } from './late-runs.ts'

const [late, never] = [runIdOf({ queue: 'q', id: 1 }), runIdOf({ queue: 'q', id: 2 })]

it('waits for jobs that may have just been added, and for no others', async () => {
  const asked: string[][] = []
  const waited: number[] = []
  const there = new Set<string>()
  let looks = 0
  const runs = createLateRuns(
    async (ids) => {
      asked.push([...ids])
      const found = ids.map((id) => id.toLowerCase()).filter((id) => there.has(id))
      return new Map(found.map((id) => [id, 'a run']))
    },
    () => (looks += 1),
    async (ms) => {
      waited.push(ms)
      if (waited.length === 2) there.add(late)
    },
  )
  const other = randomUUID()
  expect([other, late].map(runs.mayCome)).toEqual([false, true])
  expect(await runs.wait(other)).toBeUndefined()
  expect([asked, waited, looks]).toEqual([[], [], 0])
  expect(await runs.wait(late.toUpperCase())).toBe('a run')
  expect(waited.splice(0)).toEqual([50, 100])
  expect(asked.splice(0)).toEqual([[late.toUpperCase()], [late.toUpperCase()]])
  expect(await runs.wait(never)).toBeUndefined()
  expect(waited).toEqual([50, 100, 200, 400])
  expect(looks).toBe(6)
})
