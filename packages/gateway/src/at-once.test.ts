import { expect, it } from 'vitest'
import { forEachOf } from './at-once.ts'

it('works on a few at a time, the first ones first', async () => {
  const begun: number[] = []
  const finish: (() => void)[] = []
  const all = forEachOf([0, 1, 2, 3], 2, (item) => {
    begun.push(item)
    return new Promise<void>((resolve) => finish.push(resolve))
  })
  expect(begun).toEqual([0, 1])
  finish[1]?.()
  await expect.poll(() => begun).toEqual([0, 1, 2])
  finish[0]?.()
  finish[2]?.()
  await expect.poll(() => begun).toEqual([0, 1, 2, 3])
  finish[3]?.()
  await all
})

it('rejects with the first failure, and begins nothing after it', async () => {
  const begun: number[] = []
  const all = forEachOf([0, 1, 2, 3], 1, async (item) => {
    begun.push(item)
    if (item === 1) throw new Error('no')
  })
  await expect(all).rejects.toThrow('no')
  expect(begun).toEqual([0, 1])
})

it('resolves at once for nothing', async () => {
  await forEachOf([], 4, () => Promise.reject(new Error('unused')))
})
