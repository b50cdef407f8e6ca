import { describe, expect, it, vi } from 'vitest'
import { createFollowing } from '../../test/support/following.ts'
import { catchUncaught } from '../../test/support/uncaught.ts'
import { jobKind } from '../kinds/job-kind.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import { createReader } from './coding.ts'
import { Follower } from './follower.ts'

const target = jobKind.toTarget('j')

/** A follower; its handle does nothing unless a test says otherwise. */
function create() {
  const page = createFollowing()
  const onWanted = vi.fn()
  const follower: Follower<AnyRunView> = new Follower(page.registry, createReader({ name: 'x' }), {
    first: jobKind.toFold('', false).view,
    toFold: ({ item }) => jobKind.toFold(item.id, true),
    onWanted,
    onChange: () => undefined,
  })
  /** Changes the view. */
  const progress = (percent: number): void => {
    const words = { job_id: 'j', status: 'running', output: null, error: null }
    const snapshot = { ...words, progress: percent, message: null }
    page.registry.dispatch('job', 'j', { type: 'updated', snapshot })
  }
  return { follower, onWanted, progress, settled: page.server.settled }
}

describe('subscribing', () => {
  it('calls no listener, though it changes the view', async () => {
    const { follower, onWanted, settled } = create()
    onWanted.mockImplementation(() => follower.setView(jobKind.starting))
    const listener = vi.fn()
    follower.subscribe(listener)
    await settled()
    expect(follower.getSnapshot()).toBe(jobKind.starting)
    expect(listener).not.toHaveBeenCalled()
  })

  it('tells the older listeners of the change a moment later', async () => {
    const { follower, onWanted, settled } = create()
    const older = vi.fn()
    const newer = vi.fn()
    follower.subscribe(older)
    onWanted.mockImplementation(() => follower.setView(jobKind.starting))
    follower.subscribe(newer)
    expect(older).not.toHaveBeenCalled()
    await settled()
    expect(older).toHaveBeenCalledTimes(1)
    expect(newer).not.toHaveBeenCalled()
  })

  it('that changes nothing tells nothing later', async () => {
    const { follower, settled } = create()
    const older = vi.fn()
    follower.setTarget(target)
    follower.subscribe(older)
    await settled()
    follower.subscribe(() => undefined)
    await settled()
    expect(older).not.toHaveBeenCalled()
  })

  it('whose start throws leaves the follower as it was', () => {
    const { follower, onWanted, progress } = create()
    const listener = vi.fn()
    follower.setTarget(target)
    follower.subscribe(listener)
    onWanted.mockImplementation(() => {
      throw new Error('cannot start')
    })
    expect(() => follower.subscribe(() => undefined)).toThrow('cannot start')
    progress(10)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})

describe('listeners', () => {
  it('hear of each change, in the order they came', () => {
    const { follower, progress } = create()
    const heard: string[] = []
    follower.setTarget(target)
    for (const name of ['first', 'second']) follower.subscribe(() => heard.push(name))
    progress(10)
    progress(10)
    progress(20)
    expect(heard).toEqual(['first', 'second', 'first', 'second'])
  })

  it('that one of them removes is not called any more, and one that it adds is called next time', () => {
    const { follower, progress } = create()
    const removed = vi.fn()
    const added = vi.fn()
    follower.setTarget(target)
    follower.subscribe(() => {
      stop()
      if (added.mock.calls.length === 0) follower.subscribe(added)
    })
    const stop = follower.subscribe(removed)
    progress(10)
    expect(removed).not.toHaveBeenCalled()
    expect(added).not.toHaveBeenCalled()
    progress(20)
    expect(added).toHaveBeenCalled()
  })

  it('that are one function are counted: each unsubscribes once', () => {
    const { follower, progress } = create()
    const listener = vi.fn()
    follower.setTarget(target)
    const [first] = [follower.subscribe(listener), follower.subscribe(listener)]
    first()
    first()
    progress(10)
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('that throw hold up no other: the error is reported', async () => {
    const uncaught = catchUncaught()
    const { follower, progress } = create()
    const listener = vi.fn()
    follower.setTarget(target)
    follower.subscribe(() => {
      throw new Error('a bug of the page')
    })
    follower.subscribe(listener)
    progress(10)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(await uncaught()).toMatchObject([{ message: 'a bug of the page' }])
  })
})

it('state$ emits the view, then each change', () => {
  const { follower, progress } = create()
  const seen: unknown[] = []
  follower.setTarget(target)
  const subscription = follower.state$.subscribe(
    (view) => 'progress' in view && seen.push(view.progress),
  )
  progress(10)
  progress(10)
  progress(20)
  subscription.unsubscribe()
  progress(30)
  expect(seen).toEqual([null, 10, 20])
  expect(follower.cell).toBeNull()
})

it('getServerSnapshot() stays the first view, for a page that hydrates', () => {
  const { follower, progress } = create()
  const { getServerSnapshot } = follower
  follower.setTarget(target)
  follower.subscribe(() => undefined)
  const first = getServerSnapshot()
  progress(10)
  expect(first).toMatchObject({ phase: 'idle' })
  expect(getServerSnapshot()).toBe(first)
})
