import { pino } from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { createHandOver } from './hand-over.ts'

afterEach(() => {
  vi.useRealTimers()
})

const task = { id: '1', runId: '1', name: 'export', args: null, options: null }

it('a queue that does not answer keeps nobody waiting, and is asked on', async () => {
  vi.useFakeTimers()
  const noted: string[] = []
  let answer = (): void => undefined
  const store = { note: async (runId: string) => void noted.push(runId) }
  const enqueue = () => new Promise<void>((resolve) => (answer = resolve))
  const logger = pino({ level: 'silent' })
  const handOver = createHandOver(store as never, { enqueue }, {}, logger)
  let isDone = false
  handOver.task(task).then(() => (isDone = true))
  await vi.advanceTimersByTimeAsync(1_900)
  expect(isDone).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect([isDone, noted]).toEqual([true, []])
  answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(noted).toEqual(['1'])
  handOver.close()
})

it('a queue that does not answer is not asked again and again for what was left over', async () => {
  vi.useFakeTimers()
  let asked = 0
  let answer = (): void => undefined
  const store = { readLeftOver: async () => [task], note: async () => undefined }
  const enqueue = () => {
    asked += 1
    return new Promise<void>((resolve) => (answer = resolve))
  }
  const logger = pino({ level: 'silent' })
  const handOver = createHandOver(store as never, { enqueue }, {}, logger)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBe(1)
  answer()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBe(2)
  handOver.close()
})
