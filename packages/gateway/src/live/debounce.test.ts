import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDebounce } from './debounce.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

const create = () => {
  const ranAt: number[] = []
  const debounce = createDebounce(() => ranAt.push(Date.now()), { quietMs: 50, mostMs: 200 })
  const askAt = (...times: number[]): void => {
    for (const time of times) {
      vi.advanceTimersByTime(time - Date.now())
      debounce.ask()
    }
  }
  return { debounce, ranAt, askAt }
}

it.each<[string, number[], number[]]>([
  ['once it was quiet', [0], [50]],
  ['asked again meanwhile, later', [0, 40], [90]],
  ['asked again and again, in time all the same', [0, 40, 80, 120, 160, 199], [200]],
  ['and then anew', [0, 40, 80, 120, 160, 199, 210], [200, 260]],
  ['asked after it ran, again', [0, 60], [50, 110]],
])('runs %s', (_, asked, expected) => {
  const { ranAt, askAt } = create()
  askAt(...asked)
  vi.advanceTimersByTime(1_000)
  expect(ranAt).toEqual(expected)
})

it('knows whether it was asked since it ran', () => {
  const { debounce, askAt } = create()
  expect(debounce.isAsked()).toBe(false)
  askAt(0, 40)
  expect(debounce.isAsked()).toBe(true)
  vi.advanceTimersByTime(50)
  expect(debounce.isAsked()).toBe(false)
  debounce.ask()
  debounce.stop()
  expect(debounce.isAsked()).toBe(false)
})

it('does nothing more once it is stopped', () => {
  const { debounce, ranAt, askAt } = create()
  askAt(0, 10)
  debounce.stop()
  vi.advanceTimersByTime(1_000)
  expect(ranAt).toEqual([])
})
