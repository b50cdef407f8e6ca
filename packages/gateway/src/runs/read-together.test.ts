import { expect, it } from 'vitest'
import { createReadTogether } from './read-together.ts'

/** A store whose reads end when the test says so. */
function createStore() {
  const reads: { ids: readonly string[]; end: (error?: Error) => void }[] = []
  const read = createReadTogether(
    (ids) =>
      new Promise<{ id: string }[]>((resolve, reject) => {
        const found = ids.filter((id) => id !== 'none').map((id) => ({ id }))
        reads.push({ ids, end: (error) => (error ? reject(error) : resolve(found)) })
      }),
  )
  return { reads, read }
}

const turn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

it('reads what is asked for in one turn together, each id once, and gives everybody their own', async () => {
  const { reads, read } = createStore()
  const answers = [read(['a', 'b']), read(['b', 'none']), read([])]
  await turn()
  expect(reads.map(({ ids }) => ids)).toEqual([['a', 'b', 'none']])
  reads[0]?.end()
  const [ab, b, none] = await Promise.all(answers)
  expect([...(ab ?? [])]).toEqual([
    ['a', { id: 'a' }],
    ['b', { id: 'b' }],
  ])
  expect(b?.get('b')).toEqual({ id: 'b' })
  expect(none?.size).toBe(0)
})

it('never joins a read that has begun, and has one under way', async () => {
  const { reads, read } = createStore()
  const answers: Promise<ReadonlyMap<string, unknown>>[] = []
  for (const id of ['a', 'b', 'c', 'd']) {
    answers.push(read([id]))
    await turn()
  }
  expect(reads.map(({ ids }) => ids)).toEqual([['a']])
  reads[0]?.end()
  await expect.poll(() => reads.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c', 'd']])
  for (const { end } of reads) end()
  const found = await Promise.all(answers)
  expect(found.map((one, at) => one.get('abcd'.charAt(at)))).toEqual([
    { id: 'a' },
    { id: 'b' },
    { id: 'c' },
    { id: 'd' },
  ])
})

it('tells those who asked of a failure, and reads on', async () => {
  const { reads, read } = createStore()
  const failing = [read(['a']), read(['b'])]
  await turn()
  reads[0]?.end(new Error('gone'))
  for (const answer of failing) await expect(answer).rejects.toThrow('gone')
  const again = read(['a'])
  await expect.poll(() => reads.length).toBe(2)
  reads[1]?.end()
  expect([...(await again).keys()]).toEqual(['a'])
})

it('keeps a read within bounds, but for a single asker', async () => {
  const { reads, read } = createStore()
  const many = (prefix: string) => Array.from({ length: 4_000 }, (_, n) => `${prefix}${n}`)
  const answers = [read(many('a')), read(many('b')), read(['c'])]
  await turn()
  expect(reads.map(({ ids }) => ids.length)).toEqual([4_000])
  reads[0]?.end()
  await expect.poll(() => reads.map(({ ids }) => ids.length)).toEqual([4_000, 4_001])
  reads[1]?.end()
  expect((await Promise.all(answers)).map(({ size }) => size)).toEqual([4_000, 4_001, 4_001])
})
