import { expect, it } from 'vitest'
import { createOrder } from './in-order.ts'

it('begins a task when the one before has ended, even if that one failed', async () => {
  const inOrder = createOrder()
  const seen: string[] = []
  let finish = (): void => undefined
  const first = inOrder(async () => {
    seen.push('first begins')
    await new Promise<void>((resolve) => (finish = resolve))
    seen.push('first fails')
    throw new Error('on purpose')
  })
  const second = inOrder(async () => seen.push('second'))
  const isRefused = expect(first).rejects.toThrow('on purpose')
  await expect.poll(() => seen).toEqual(['first begins'])
  finish()
  await Promise.all([isRefused, second])
  expect(seen).toEqual(['first begins', 'first fails', 'second'])
})
