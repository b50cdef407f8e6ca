import { expect, it, vi } from 'vitest'
import { oncePerProcess } from './once-per-process.ts'

it('starts at the first call, and once, also if the module is loaded again', async () => {
  const start = vi.fn(async () => ({ made: true }))
  const first = oncePerProcess('loaded again', start)
  expect(start).not.toHaveBeenCalled()
  const made = await first()
  vi.resetModules()
  const again = await import('./once-per-process.ts')
  expect(again.oncePerProcess).not.toBe(oncePerProcess)
  const second = again.oncePerProcess('loaded again', start)
  expect(await Promise.all([first(), second(), second()])).toEqual([made, made, made])
  expect(await second()).toBe(made)
  expect(start).toHaveBeenCalledTimes(1)
})

it('names are apart', async () => {
  const [a, b] = [oncePerProcess('a', async () => 1), oncePerProcess('b', async () => 2)]
  expect(await Promise.all([a(), b()])).toEqual([1, 2])
})

it('is tried again by the next call once it failed, and not before', async () => {
  const start = vi.fn(async () => 'up')
  start.mockRejectedValueOnce(new Error('the database is away'))
  const reach = oncePerProcess('fails first', start)
  const [one, two] = await Promise.allSettled([reach(), reach()])
  expect([one.status, two.status]).toEqual(['rejected', 'rejected'])
  expect(start).toHaveBeenCalledTimes(1)
  expect(await reach()).toBe('up')
})

it('an error that is thrown at once rejects', async () => {
  const reach = oncePerProcess('throws', () => {
    throw new Error('no configuration')
  })
  await expect(reach()).rejects.toThrow('no configuration')
})
