import { asyncScheduler } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobKind } from '../kinds/job-kind.ts'
import { encodeEvent } from '../protocol/encode.ts'
import { followJob } from '../state/job-state.ts'
import { Cell } from './cell.ts'
import { createCoalescer } from './coalescer.ts'

/* In a page: frames come when the page paints, which these tests decide. */

let paint: (() => void) | null = null

beforeEach(() => {
  vi.useFakeTimers()
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

function createPage(hidden: boolean) {
  vi.stubGlobal('document', { hidden })
  const cell = new Cell(jobKind.toTarget('j'), followJob('j'))
  const coalescer = createCoalescer(16, asyncScheduler, () => undefined)
  let revision = 1
  const push = (status: string, progress = 0): void => {
    revision += 1
    const base = { job_id: 'j', message: null, output: null, error: null, attempt: 1, revision }
    const payload = { ...base, status, progress }
    const text = encodeEvent({ type: 'update', target: 'job:j', payload })
    coalescer.push(cell, text.slice(text.indexOf('{'), -2), true)
  }
  // The first is shown at once; the frames begin.
  push('running', 10)
  return { cell, coalescer, push }
}

describe('a page that is shown', () => {
  it('shows the newest with the next paint, an end too', () => {
    const { cell, push } = createPage(false)
    push('running', 20)
    push('completed', 100)
    expect(cell.view).toMatchObject({ progress: 10 })
    paint?.()
    expect(cell.view).toMatchObject({ status: 'completed', progress: 100 })
  })

  it('shows it after a quarter of a second at most when it does not paint', () => {
    const { cell, push } = createPage(false)
    push('completed', 100)
    vi.advanceTimersByTime(250)
    expect(cell.view).toMatchObject({ status: 'completed' })
  })
})

describe('a page that is hidden, whose timers may be held back for a minute', () => {
  it.each(['completed', 'failed', 'cancelled'])('shows an end at once: %s', (status) => {
    const { cell, push } = createPage(true)
    push('running', 20)
    expect(cell.view).toMatchObject({ progress: 10 })
    push(status)
    expect(cell.view).toMatchObject({ status, isDone: true })
  })

  it('does not read progress that something newer replaces', () => {
    const { push } = createPage(true)
    const parse = vi.spyOn(JSON, 'parse')
    for (let progress = 20; progress < 90; progress += 1) push('running', progress)
    expect(parse).not.toHaveBeenCalled()
    parse.mockRestore()
  })

  it('waits with what is no end', () => {
    const { cell, push } = createPage(true)
    push('cancel_requested')
    expect(cell.view).toMatchObject({ status: 'running' })
    vi.advanceTimersByTime(250)
    expect(cell.view).toMatchObject({ status: 'cancel_requested' })
  })
})
