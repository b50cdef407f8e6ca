import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { quiet } from '../../test/support/quiet.ts'
import { createFamilies, type FamilyTools } from './families.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Families whose counts answer what `answers` has for them. */
const start = (
  answers: Record<string, (string | null)[]> = {},
  tools: Partial<FamilyTools> = {},
) => {
  const counted: string[] = []
  const tended: string[] = []
  const families = createFamilies({
    async count(id) {
      counted.push(id)
      return (answers[id]?.shift() ?? null) as Awaited<ReturnType<FamilyTools['count']>>
    },
    async tend(id, todo) {
      tended.push(`${todo} ${id}`)
      return true
    },
    readUndone: async () => [],
    logger: quiet,
    ...tools,
  })
  return { families, counted, tended }
}

it('counts a family once, however often it changes', async () => {
  const { families, counted } = start()
  families.open()
  for (let change = 0; change < 50; change += 1) families.changed('a')
  families.changed('b')
  await vi.advanceTimersByTimeAsync(100)
  expect(counted.sort()).toEqual(['a', 'b'])
  families.changed('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(counted).toHaveLength(3)
  families.close()
})

it('counts what changed before it was open', async () => {
  const { families, counted } = start()
  families.changed('a')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(counted).toEqual([])
  families.open()
  await vi.advanceTimersByTimeAsync(100)
  expect(counted).toEqual(['a'])
  families.close()
})

it('counts again while another gateway counts, and after a failure', async () => {
  const { families, counted } = start({ a: ['busy', 'busy'] })
  families.open()
  families.changed('a')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(counted).toEqual(['a', 'a', 'a'])
  families.close()
  let fails = true
  const broken = start(
    {},
    {
      async count() {
        if (!fails) return null
        fails = false
        throw new Error('away')
      },
    },
  )
  broken.families.open()
  broken.families.changed('a')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(fails).toBe(false)
  broken.families.close()
})

it('says once in a while that the database is away, however many families wait', async () => {
  const warn = vi.fn()
  const { families } = start(
    {},
    {
      count: () => Promise.reject(new Error('away')),
      logger: { ...quiet, warn } as never,
    },
  )
  families.open()
  for (let family = 0; family < 50; family += 1) families.changed(`family ${family}`)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(warn.mock.calls.length).toBeLessThan(8)
  families.close()
})

it('leaves children to the gateways of their queue', async () => {
  const { families, counted } = start({ a: ['retry'] }, { tend: async () => false })
  families.open()
  families.changed('a')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(counted).toEqual(['a'])
  families.close()
})

it('cancels or retries children once at a time, and counts them then', async () => {
  let finish = (): void => undefined
  const tended: string[] = []
  const { families, counted } = start(
    { a: ['stop', 'stop'] },
    {
      tend: (id, todo) => {
        tended.push(`${todo} ${id}`)
        return new Promise((resolve) => (finish = () => resolve(true)))
      },
    },
  )
  families.open()
  families.changed('a')
  await vi.advanceTimersByTimeAsync(100)
  families.changed('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(tended).toEqual(['stop a'])
  finish()
  await vi.advanceTimersByTimeAsync(100)
  expect(counted).toEqual(['a', 'a', 'a'])
  families.close()
})

it('looks for what was left, and tries again what failed', async () => {
  const { families, tended } = start(
    { left: ['stop', 'stop'] },
    { readUndone: async () => ['left'] },
  )
  families.open()
  await vi.advanceTimersByTimeAsync(100)
  expect(tended).toEqual(['stop left'])
  families.close()
  let calls = 0
  const failing = start(
    { left: ['retry', 'retry', 'retry'] },
    {
      readUndone: async () => ['left'],
      tend: async () => {
        calls += 1
        throw new Error('away')
      },
    },
  )
  failing.families.open()
  await vi.advanceTimersByTimeAsync(1_000)
  // Not at once: the database is away.
  expect(calls).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toBe(3)
  failing.families.close()
})

it('does nothing once it is closed', async () => {
  const { families, counted } = start()
  families.open()
  families.changed('a')
  families.close()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(counted).toEqual([])
})
