import { expect, it } from 'vitest'
import { createLanes } from './lanes.ts'

/** Work that ends when it is told to. */
const create = (most: number) => {
  const lanes = createLanes(most)
  const under: string[] = []
  const ends = new Map<string, () => void>()
  const begin = (name: string, isSlow = false): Promise<void> =>
    lanes.run(isSlow, () => {
      under.push(name)
      return new Promise((resolve) => ends.set(name, resolve))
    })
  const end = async (name: string): Promise<void> => {
    under.splice(under.indexOf(name), 1)
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begin, end, under, settled: () => new Promise((resolve) => setImmediate(resolve)) }
}

it('does as much at the same time as it may, in their order', async () => {
  const { begin, end, under, settled } = create(2)
  for (const name of ['a', 'b', 'c', 'd']) void begin(name)
  await settled()
  expect(under).toEqual(['a', 'b'])
  await end('b')
  expect(under).toEqual(['a', 'c'])
  await end('a')
  expect(under).toEqual(['c', 'd'])
})

it('leaves room for what is quick', async () => {
  const { begin, end, under, settled } = create(4)
  for (const name of ['slow 1', 'slow 2', 'slow 3']) void begin(name, true)
  for (const name of ['quick 1', 'quick 2', 'quick 3']) void begin(name)
  await settled()
  expect(under).toEqual(['slow 1', 'slow 2', 'quick 1', 'quick 2'])
  await end('quick 1')
  expect(under).toEqual(['slow 1', 'slow 2', 'quick 2', 'quick 3'])
  await end('slow 1')
  expect(under).toEqual(['slow 2', 'quick 2', 'quick 3', 'slow 3'])
})

it('goes on after what fails', async () => {
  const lanes = createLanes(1)
  const failing = lanes.run(false, () => Promise.reject(new Error('no')))
  const next = lanes.run(false, async () => 7)
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe(7)
})
