import { asyncScheduler } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobCell, jobSnapshot, queryCell } from '../../test/support/cells.ts'
import { createVirtualTime } from '../../test/support/virtual-time.ts'
import { encodeEvent } from '../protocol/encode.ts'
import type { Cell } from './cell.ts'
import { type Coalescer, createCoalescer } from './coalescer.ts'

/** Pushes states of the job `j`, each with a revision of its own. */
function createPush({ push }: Coalescer, cell: Cell, isWhole = true) {
  let revision = 0
  return (status: string, progress = 0): void => {
    revision += 1
    const base = isWhole ? { attempt: 1, revision } : {}
    const payload = { ...jobSnapshot({ progress }), status, ...base }
    const text = encodeEvent({ type: 'update', target: 'job:j', payload })
    push(cell, text.slice(text.indexOf('{')).trimEnd(), isWhole)
  }
}

/* Outside a page: frames come by the clock, one each 16 ms. */
describe('without a page', () => {
  function create({ intervalMs = 16, isWhole = true } = {}) {
    const { scheduler, advance, timers } = createVirtualTime()
    const cell = jobCell('j')
    const published = vi.fn()
    const coalescer = createCoalescer(intervalMs, scheduler, published)
    const push = createPush(coalescer, cell, isWhole)
    return { cell, coalescer, push, published, advance, timers }
  }

  it('publishes the first update at once, then the newest once per frame', async () => {
    const { cell, push, published, advance } = create()
    for (const progress of [10, 20, 30]) push('running', progress)
    expect(cell.view).toMatchObject({ progress: 10 })
    await advance(15)
    expect(published).toHaveBeenCalledTimes(1)
    await advance(1)
    expect(cell.view).toMatchObject({ progress: 30 })
    expect(published).toHaveBeenCalledTimes(2)
  })

  it('publishes an update at once again after a frame with nothing to publish', async () => {
    const { cell, push, advance, timers } = create()
    push('running', 10)
    await advance(16)
    expect(timers()).toBe(0)
    push('running', 20)
    expect(cell.view).toMatchObject({ progress: 20 })
  })

  it('publishes a new view only', async () => {
    const { push, published, advance } = create()
    for (let count = 0; count < 3; count += 1) push('running', 10)
    await advance(32)
    expect(published).toHaveBeenCalledTimes(1)
  })

  it('holds the updates of each target by itself', async () => {
    const { cell, coalescer, push, published, advance } = create()
    const query = queryCell('q')
    push('running', 10)
    const text = '{"type":"update","target":"sub:q","payload":["ann"],"revision":1}'
    coalescer.push(query, text, true)
    push('running', 20)
    await advance(16)
    expect(published.mock.calls.slice(1)).toEqual([[query], [cell]])
    expect(query.view).toMatchObject({ data: ['ann'] })
  })

  it('reads each update of a server without revisions, in order', async () => {
    const { cell, push, advance } = create({ isWhole: false })
    push('running', 10)
    push('completed', 100)
    // Written late: the end stays.
    push('running', 90)
    await advance(16)
    expect(cell.view).toMatchObject({ status: 'completed', progress: 100 })
  })

  it('publishes each update at once where the interval is 0, and sets no timer', () => {
    const { cell, push, published, timers } = create({ intervalMs: 0 })
    for (const progress of [10, 20, 30]) push('running', progress)
    expect(cell.view).toMatchObject({ progress: 30 })
    expect(published).toHaveBeenCalledTimes(3)
    expect(timers()).toBe(0)
  })

  it('publishes what is due when it is closed, and sets no timer any more', () => {
    const { cell, coalescer, push, timers } = create()
    for (const progress of [10, 20]) push('running', progress)
    coalescer.close()
    expect(cell.view).toMatchObject({ progress: 20 })
    expect(timers()).toBe(0)
  })
})

/* In a page: frames come when the page paints, which these tests decide. */
describe('in a page', () => {
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

  /** A job whose first update is published, so that the frames have begun. */
  function create(hidden: boolean) {
    vi.stubGlobal('document', { hidden })
    const cell = jobCell('j')
    const push = createPush(
      createCoalescer(16, asyncScheduler, () => undefined),
      cell,
    )
    push('running', 10)
    return { cell, push }
  }

  describe('that is shown', () => {
    it('publishes the newest update with the next paint, an end too', () => {
      const { cell, push } = create(false)
      push('running', 20)
      push('completed', 100)
      expect(cell.view).toMatchObject({ progress: 10 })
      paint?.()
      expect(cell.view).toMatchObject({ status: 'completed', progress: 100 })
    })

    it('publishes it after a quarter of a second at most while the page does not paint', () => {
      const { cell, push } = create(false)
      push('completed', 100)
      vi.advanceTimersByTime(250)
      expect(cell.view).toMatchObject({ status: 'completed' })
    })
  })

  /* Browsers may hold back the timers of a hidden page for a minute. */
  describe('that is hidden', () => {
    it.each(['completed', 'failed', 'cancelled'])(
      'publishes the end of a run at once: %s',
      (status) => {
        const { cell, push } = create(true)
        push('running', 20)
        expect(cell.view).toMatchObject({ progress: 10 })
        push(status)
        expect(cell.view).toMatchObject({ status, isDone: true })
      },
    )

    it('does not parse progress that a newer update replaces', () => {
      const { push } = create(true)
      const parse = vi.spyOn(JSON, 'parse')
      for (let progress = 20; progress < 90; progress += 1) push('running', progress)
      expect(parse).not.toHaveBeenCalled()
      parse.mockRestore()
    })

    it('publishes a status that is not an end with the next frame', () => {
      const { cell, push } = create(true)
      push('cancel_requested')
      expect(cell.view).toMatchObject({ status: 'running' })
      vi.advanceTimersByTime(250)
      expect(cell.view).toMatchObject({ status: 'cancel_requested' })
    })

    it('learns with the next frame that the page is hidden', () => {
      const { cell, push } = create(false)
      vi.stubGlobal('document', { hidden: true })
      push('running', 20)
      vi.advanceTimersByTime(250)
      push('completed')
      expect(cell.view).toMatchObject({ status: 'completed' })
    })
  })
})
