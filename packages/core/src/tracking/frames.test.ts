import { asyncScheduler } from 'rxjs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { everyFrame } from './frames.ts'

let paint: (() => void) | null = null

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    paint = callback
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => {
    paint = null
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('in a page it ticks before each paint, and never in between', () => {
  const tick = vi.fn()
  const frames = everyFrame(16, asyncScheduler, tick)
  vi.advanceTimersByTime(1_000)
  expect(tick).not.toHaveBeenCalled()
  paint?.()
  paint?.()
  expect(tick).toHaveBeenCalledTimes(2)
  frames.unsubscribe()
  expect(paint).toBeNull()
})

it('in a page that is hidden, where nothing is painted, it goes on by the clock', () => {
  const tick = vi.fn()
  const frames = everyFrame(16, asyncScheduler, tick)
  vi.stubGlobal('document', { hidden: true })
  vi.advanceTimersByTime(1_000)
  expect(tick).toHaveBeenCalledTimes(4)
  frames.unsubscribe()
  vi.advanceTimersByTime(1_000)
  expect(tick).toHaveBeenCalledTimes(4)
})

it('ended by its own tick, it asks for no other paint', () => {
  const frames = everyFrame(16, asyncScheduler, () => frames.unsubscribe())
  paint?.()
  expect(paint).toBeNull()
})

it('where nothing paints it ticks once per interval', () => {
  vi.stubGlobal('requestAnimationFrame', undefined)
  const tick = vi.fn()
  const frames = everyFrame(16, asyncScheduler, tick)
  vi.advanceTimersByTime(48)
  expect(tick).toHaveBeenCalledTimes(3)
  frames.unsubscribe()
})
