import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Stoppable, stopOnSignals } from './stop-on-signals.ts'

let exits: unknown[]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  exits = []
  vi.spyOn(process, 'exit').mockImplementation((code) => void exits.push(code) as never)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The listeners that it adds, called as the signals would: others must not hear of them. */
function listen(parts: Stoppable) {
  const on = vi.spyOn(process, 'on').mockReturnThis()
  stopOnSignals(parts)
  const heard = Object.fromEntries(on.mock.calls) as Record<'SIGINT' | 'SIGTERM', () => void>
  on.mockRestore()
  return heard
}

/** A worker that has not finished its jobs before `finish` is called. */
function busy() {
  let finish = (): void => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { worker: { close: () => finished }, finish: () => finish() }
}

it('the Ctrl-C that npm passes on beside the terminal is the same', async () => {
  const { worker, finish } = busy()
  const { SIGINT, SIGTERM } = listen({ worker })
  SIGINT()
  SIGINT()
  vi.advanceTimersByTime(500)
  SIGTERM()
  expect(exits).toEqual([])
  finish()
  await expect.poll(() => exits).toEqual([0])
})

it('a second signal ends it at once', () => {
  const { SIGINT } = listen(busy())
  SIGINT()
  vi.advanceTimersByTime(501)
  SIGINT()
  expect(exits).toEqual([1])
})
