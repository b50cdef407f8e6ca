import { expect, it } from 'vitest'
import { createLogLookout } from './log-lookout.ts'

/** A lookout over logs that the test writes, by the ids of active jobs, and a clock of its own. */
const start = (logs: Map<string, string>) => {
  const clock = { ms: 0 }
  const asked: number[] = []
  const reader = {
    lastLines: async (_: string, from: number, most: number) => {
      asked.push(from)
      const page = [...logs].slice(from, from + most)
      return { isLast: page.length < most, lines: page.map(([id, digest]) => ({ id, digest })) }
    },
  }
  const lookout = createLogLookout(reader, 'q', () => clock.ms)
  const look = async (fail = false): Promise<string[]> => {
    const read: string[] = []
    await lookout.look(async (ids) => {
      if (fail) throw new Error('away')
      read.push(...ids)
    })
    return read
  }
  const lookLater = (fail = false) => {
    clock.ms += 1_000
    return look(fail)
  }
  return { clock, asked, look, lookLater }
}

it('reads a job again when its last line is another one, once a second', async () => {
  const logs = new Map([['1', 'a']])
  const { clock, look, lookLater } = start(logs)
  expect(await look()).toEqual(['1'])
  logs.set('1', 'b').set('2', 'a')
  clock.ms = 999
  expect(await look()).toEqual([])
  clock.ms = 1_000
  expect(await look()).toEqual(['1', '2'])
  expect(await lookLater()).toEqual([])
  logs.delete('1')
  await lookLater()
  await lookLater()
  // It was forgotten: the next worker may write what the last one wrote.
  logs.set('1', 'b')
  expect(await lookLater()).toEqual(['1'])
})

it('reads a line again that could not be read', async () => {
  const { lookLater } = start(new Map([['1', 'a']]))
  await expect(lookLater(true)).rejects.toThrow('away')
  expect(await lookLater()).toEqual(['1'])
})

it('looks at many jobs in turn, and remembers those of the turn before', async () => {
  const jobs = Array.from({ length: 2_500 }, (_, id): [string, string] => [String(id), 'a'])
  const logs = new Map(jobs)
  const { asked, lookLater } = start(logs)
  const counts = [await lookLater(), await lookLater(), await lookLater()]
  expect(counts.map((ids) => ids.length)).toEqual([1_000, 1_000, 500])
  logs.set('7', 'b').set('2400', 'b')
  expect([await lookLater(), await lookLater(), await lookLater()]).toEqual([['7'], [], ['2400']])
  expect(asked).toEqual([0, 1_000, 2_000, 0, 1_000, 2_000])
})
