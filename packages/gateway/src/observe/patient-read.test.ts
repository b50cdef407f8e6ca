import { randomUUID } from 'node:crypto'
import { runIdOf } from '@headway/core/queues'
import { expect, it } from 'vitest'
import { patientRead } from './patient-read.ts'

const [late, never] = [runIdOf({ queue: 'q', id: 1 }), runIdOf({ queue: 'q', id: 2 })]
const other = randomUUID()

it('waits for jobs that may have just been added, and for no others', async () => {
  const asked: string[][] = []
  const waited: number[] = []
  const there = new Set<string>()
  const read = patientRead(
    async (ids) => {
      asked.push([...ids])
      return new Map(ids.filter((id) => there.has(id)).map((id) => [id, 'a run']))
    },
    async (ms) => {
      waited.push(ms)
      if (waited.length === 2) there.add(late)
    },
  )
  expect(await read([other])).toEqual(new Map())
  expect(waited).toEqual([])
  expect(await read([other, late])).toEqual(new Map([[late, 'a run']]))
  expect(asked.slice(1)).toEqual([[other, late], [late], [late]])
  expect(await read([late, never])).toEqual(new Map([[late, 'a run']]))
  expect(waited).toEqual([50, 100, 50, 100, 200, 400])
})
