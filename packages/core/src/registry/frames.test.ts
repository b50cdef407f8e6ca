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
  for (let frame = 0; frame < 60; frame += 1) {
    vi.advanceTimersByTime(16)
    expect(tick).toHaveBeenCalledTimes(frame)
    paint?.()
  }
  expect(tick).toHaveBeenCalledTimes(60)
  frames.unsubscribe()
  expect(paint).toBeNull()
})

it.each([true, false])(
  'where nothing is painted, it goes on by the clock; hidden: %s',
  (hidden) => {
    const tick = vi.fn()
    const frames = everyFrame(16, asyncScheduler, tick)
    vi.stubGlobal('document', { hidden })
    vi.advanceTimersByTime(1_000)
    expect(tick).toHaveBeenCalledTimes(8)
    frames.unsubscribe()
    vi.advanceTimersByTime(1_000)
    expect(tick).toHaveBeenCalledTimes(8)
  },
)

it('a page that stops painting is gone on with after a quarter of a second at most', () => {
  const tick = vi.fn()
  const frames = everyFrame(16, asyncScheduler, tick)
  vi.advanceTimersByTime(1)
  paint?.()
  vi.advanceTimersByTime(249)
  expect(tick).toHaveBeenCalledTimes(2)
  frames.unsubscribe()
})

it('in a dedicated worker, which has frames and no document, it goes on', () => {
  vi.stubGlobal('document', undefined)
  const tick = vi.fn()
  const frames = everyFrame(16, asyncScheduler, tick)
  vi.advanceTimersByTime(250)
  expect(tick).toHaveBeenCalledTimes(2)
  frames.unsubscribe()
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
