import { describe, expect, it, vi } from 'vitest'
import { createFollowing, type Following } from '../../test/support/following.ts'
import { jobKind } from '../kinds/job-kind.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import type { JobStatus } from '../protocol/snapshots.ts'
import { createReader } from './coding.ts'
import { Follower, type FollowerHooks } from './follower.ts'

const target = jobKind.toTarget('j')

/** A follower of the page whose hooks do nothing but count. */
function createFollower({ registry }: Following, hooks: Partial<FollowerHooks<AnyRunView>> = {}) {
  const onChange = vi.fn()
  const follower: Follower<AnyRunView> = new Follower(
    registry,
    createReader({ name: 'export_users' }),
    {
      first: jobKind.toFold('', false).view,
      toFold: ({ item }) => jobKind.toFold(item.id, true),
      onWanted: () => undefined,
      onChange,
      ...hooks,
    },
  )
  return { follower, onChange }
}

/** A page with one follower, whose target is the job `j`. */
async function create(hooks?: Partial<FollowerHooks<AnyRunView>>) {
  const page = createFollowing()
  await page.openSession()
  const { follower, onChange } = createFollower(page, hooks)
  follower.setTarget(target)
  const progress = (percent: number): void => page.push({ job_id: 'j', progress: percent })
  return { ...page, follower, onChange, progress }
}

describe('a follower without a target', () => {
  it('shows the view of its handle, and tells its listeners of each other one', () => {
    const { follower, onChange } = createFollower(createFollowing())
    const listener = vi.fn()
    expect(follower.getSnapshot()).toMatchObject({ phase: 'idle' })
    follower.subscribe(listener)
    follower.setView(jobKind.starting)
    follower.setView(jobKind.starting)
    expect(follower.getSnapshot()).toBe(jobKind.starting)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(onChange).toHaveBeenCalledTimes(1)
  })

  it('takes its target up as soon as it is named', async () => {
    const page = createFollowing()
    await page.openSession()
    const { follower } = createFollower(page)
    const listener = vi.fn()
    follower.subscribe(listener)
    follower.setTarget(target)
    expect(listener).toHaveBeenCalledTimes(1)
    await page.server.settled()
    expect(page.server.log()).toEqual(['/subscribe-batch job:j'])
  })
})

describe('a target', () => {
  it('is followed while a listener subscribes, and some time longer', async () => {
    const { follower, registry, server, progress } = await create()
    expect(follower.cell).toBeNull()
    expect(follower.getSnapshot()).toMatchObject({ loading: true })
    const [first, second] = [follower, follower].map((store) => store.subscribe(() => undefined))
    expect(follower.cell).toBe(registry.find(target))
    progress(40)
    first?.()
    first?.()
    expect(follower.cell).not.toBeNull()
    second?.()
    expect(follower.cell).toBeNull()
    await server.advance(1_000)
    expect(registry.find(target)).toBeUndefined()
    expect(follower.getSnapshot()).toMatchObject({ progress: 40 })
  })

  it('is followed while it is pinned, without listeners', async () => {
    const { follower, registry } = await create()
    follower.pin()
    expect(follower.cell).toBe(registry.find(target))
    follower.unpin()
    expect(follower.cell).toBeNull()
  })

  it('is followed no more after stop(), until a new listener comes', async () => {
    const { follower } = await create()
    const listener = vi.fn()
    follower.subscribe(listener)
    follower.pin()
    follower.stop()
    expect(follower.cell).toBeNull()
    follower.pin()
    expect(follower.cell).toBeNull()
    follower.subscribe(() => undefined)
    expect(follower.cell).not.toBeNull()
  })

  it('that the page drops is told to the handle', async () => {
    const onDropped = vi.fn()
    const { follower, server } = await create({ onDropped })
    follower.subscribe(() => undefined)()
    await server.advance(999)
    expect(onDropped).not.toHaveBeenCalled()
    await server.advance(1)
    expect(onDropped).toHaveBeenCalledTimes(1)
  })
})

describe('the kept view', () => {
  it.each<[string, JobStatus, object]>([
    ['unfinished is stale', 'running', { status: 'stale', reason: 'unwatched' }],
    ['at its end is final', 'completed', { status: 'live', reason: null }],
  ])('%s', async (_, status, sync) => {
    const { follower, server, push } = await create()
    const stop = follower.subscribe(() => undefined)
    await server.settled()
    await server.next().accept()
    push({ job_id: 'j', status })
    stop()
    await server.advance(1_000)
    expect(follower.getSnapshot()).toMatchObject({ status, sync })
    expect(follower.getSnapshot()).toBe(follower.getSnapshot())
  })

  it('follows the other handles of the target, and does not go backwards when they leave', async () => {
    const page = await create()
    const other = createFollower(page).follower
    other.setTarget(target)
    const stop = other.subscribe(() => undefined)
    page.follower.subscribe(() => undefined)()
    page.progress(60)
    expect(page.follower.getSnapshot()).toMatchObject({ progress: 60 })
    stop()
    await page.server.advance(1_000)
    expect(page.registry.find(target)).toBeUndefined()
    expect(page.follower.getSnapshot()).toMatchObject({ progress: 60 })
  })

  it('stays after stop(), whatever the other handles see', async () => {
    const page = await create()
    const other = createFollower(page).follower
    other.setTarget(target)
    other.pin()
    page.follower.subscribe(() => undefined)
    page.progress(40)
    page.follower.stop()
    page.progress(60)
    expect(page.follower.getSnapshot()).toMatchObject({ progress: 40 })
  })
})

describe('ready()', () => {
  it('resolves once the server has answered, with the same promise for all handles', async () => {
    const page = await create()
    const other = createFollower(page).follower
    other.setTarget(target)
    const ready = page.follower.ready()
    expect(other.ready()).toBe(ready)
    const onReady = vi.fn()
    void ready.then(onReady)
    await page.server.settled()
    expect(onReady).not.toHaveBeenCalled()
    await page.server.next().accept()
    expect(onReady).toHaveBeenCalledTimes(1)
    expect(page.follower.getSnapshot()).toMatchObject({ status: 'running' })
  })

  it('waits for a target that the handle does not have yet', async () => {
    const page = createFollowing()
    await page.openSession()
    const onWanted = vi.fn()
    const { follower } = createFollower(page, { first: jobKind.starting, onWanted })
    const onReady = vi.fn()
    void follower.ready().then(onReady)
    expect(onWanted).toHaveBeenCalled()
    follower.setTarget(target)
    await page.server.settled()
    expect(onReady).not.toHaveBeenCalled()
    await page.server.next().accept()
    expect(onReady).toHaveBeenCalledTimes(1)
  })

  it('resolves at once for a view that is there', async () => {
    const { follower, registry } = await create()
    registry.hold(target, () => jobKind.toFold('j', false))
    await follower.ready()
    expect(follower.cell).toBeNull()
  })
})
