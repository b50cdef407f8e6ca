import { describe, expect, it, vi } from 'vitest'
import { complete, jobCell, jobSnapshot, queryCell } from '../../test/support/cells.ts'
import { encodeEvent } from '../protocol/encode.ts'
import type { JobSnapshot } from '../protocol/snapshots.ts'
import type { Cell } from './cell.ts'

/** An `update` of the job `j` as text. */
function toText(fields: Partial<JobSnapshot>): string {
  const text = encodeEvent({ type: 'update', target: 'job:j', payload: jobSnapshot(fields) })
  return text.slice(text.indexOf('{')).trimEnd()
}

/** A listener that counts, and the views that it saw. */
function listen(cell: Cell) {
  const listener = { onCellChange: vi.fn() }
  cell.addListener(listener)
  return listener
}

it('a cell is named as in events', () => {
  expect(jobCell('j').target).toBe('job:j')
  expect(queryCell('q1').target).toBe('sub:q1')
})

describe('an event', () => {
  it('is published at once, and each listener is called', () => {
    const cell = jobCell('j')
    const listeners = [listen(cell), listen(cell)]
    complete(cell)
    expect(cell.view).toMatchObject({ status: 'completed' })
    for (const { onCellChange } of listeners) expect(onCellChange).toHaveBeenCalledTimes(1)
  })

  it('that changes nothing calls no listener', () => {
    const cell = jobCell('j')
    complete(cell)
    const { onCellChange } = listen(cell)
    complete(cell)
    expect(onCellChange).not.toHaveBeenCalled()
  })

  it('does not call a listener that was removed', () => {
    const cell = jobCell('j')
    const listener = listen(cell)
    cell.removeListener(listener)
    complete(cell)
    expect(listener.onCellChange).not.toHaveBeenCalled()
  })
})

describe('an update', () => {
  it('of the same revision replaces the one before it: a place in the queue', () => {
    const cell = jobCell('j')
    for (const position of [3, 2, 1]) {
      cell.queue(toText({ status: 'pending', position, revision: 7 }))
    }
    cell.publish()
    expect(cell.view).toMatchObject({ position: 1 })
  })

  it.each(['queue', 'take'] as const)('given to %s() is published later', (verb) => {
    const cell = jobCell('j')
    const { onCellChange } = listen(cell)
    cell[verb](toText({ progress: 40, revision: 1 }))
    expect(cell.view).toMatchObject({ loading: true })
    expect(cell.publish()).toBe(true)
    expect(cell.view).toMatchObject({ progress: 40, revision: 1 })
    expect(onCellChange).toHaveBeenCalledTimes(1)
    expect(cell.publish()).toBe(false)
    expect(onCellChange).toHaveBeenCalledTimes(1)
  })

  it('that a newer one replaces is not parsed', () => {
    const cell = jobCell('j')
    const texts = [1, 2, 3].map((revision) => toText({ progress: revision * 10, revision }))
    const parse = vi.spyOn(JSON, 'parse')
    for (const text of texts) cell.queue(text)
    cell.publish()
    expect(parse).toHaveBeenCalledTimes(1)
    parse.mockRestore()
    expect(cell.view).toMatchObject({ progress: 30 })
  })

  it('with an older revision does not replace the one that waits', () => {
    const cell = jobCell('j')
    cell.queue(toText({ progress: 20, revision: 2 }))
    cell.queue(toText({ progress: 10, revision: 1 }))
    cell.publish()
    expect(cell.view).toMatchObject({ progress: 20 })
  })

  it.each([
    ['malformed text', '{"type":"update","target":"job:j","payload":{'],
    ['a payload that is not a job', '{"type":"update","target":"job:j","payload":{"status":1}}'],
  ])('of %s changes nothing', (_, text) => {
    const cell = jobCell('j')
    const { view } = cell
    cell.take(text)
    expect(cell.publish()).toBe(false)
    expect(cell.view).toBe(view)
  })

  it('that ends the run is known before it is published', () => {
    const cell = jobCell('j')
    cell.take(toText({ status: 'completed' }))
    expect(cell.isDone).toBe(true)
    expect(cell.view).toMatchObject({ loading: true })
  })

  it('marks the cell once per frame', () => {
    const cell = jobCell('j')
    expect([cell.markDue(), cell.markDue()]).toEqual([true, false])
    cell.publish()
    expect(cell.markDue()).toBe(true)
  })
})

describe('a registration', () => {
  const [first, second] = [{}, {}]

  it('is on one session, and ends once', () => {
    const cell = jobCell('j')
    expect(cell.endRegistration(first)).toBe(false)
    cell.startRegistration(first)
    expect(cell.endRegistration(first)).toBe(true)
    expect(cell.endRegistration(first)).toBe(false)
    cell.setRegistered(first)
    cell.startRegistration(second)
    expect(cell.endRegistration(first)).toBe(false)
  })

  it('takes in the pushes before it: they do not overtake its answer', () => {
    const cell = jobCell('j')
    cell.queue(toText({ progress: 10 }))
    cell.startRegistration(first)
    cell.dispatch({ type: 'answered', snapshot: jobSnapshot({ progress: 20 }), at: 0 })
    expect(cell.view).toMatchObject({ progress: 20 })
    expect(cell.needsReread).toBe(false)
  })

  it('whose answer a push has overtaken needs one more read, without revisions', () => {
    const cell = jobCell('j')
    cell.startRegistration(first)
    cell.take(toText({ progress: 30 }))
    cell.dispatch({ type: 'answered', snapshot: jobSnapshot({ progress: 20 }), at: 0 })
    expect(cell.view).toMatchObject({ progress: 30 })
    expect(cell.needsReread).toBe(true)
    cell.startRegistration(first)
    expect(cell.needsReread).toBe(false)
  })

  it.each([
    ['on another session any revision counts: another server may have numbered it', second, 1],
    ['on the same session an older revision does not count', first, 9],
  ])('of a query: %s', (_, session, shown) => {
    const cell = queryCell('q')
    cell.startRegistration(first)
    cell.dispatch({ type: 'answered', snapshot: { data: 9, revision: 9 }, at: 0 })
    cell.startRegistration(session)
    cell.dispatch({ type: 'answered', snapshot: { data: 1, revision: 1 }, at: 0 })
    expect(cell.view).toMatchObject({ data: shown })
  })
})

it('a cell is held until it was released as often as it was held', () => {
  const cell = jobCell('j')
  expect(cell.isHeld).toBe(false)
  cell.hold()
  cell.hold()
  cell.release()
  expect(cell.isHeld).toBe(true)
  cell.release()
  expect(cell.isHeld).toBe(false)
})
