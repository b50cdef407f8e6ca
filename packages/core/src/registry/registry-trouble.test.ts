import { describe, expect, it } from 'vitest'
import { queryTarget } from '../../test/support/cells.ts'
import { followJob, followLiveJob } from '../../test/support/following.ts'
import { idleQuery } from '../state/query-state.ts'
import { toFold } from '../state/run-state.ts'

const registered = '/subscribe-batch job:a'

describe('trouble with a target', () => {
  const trouble = { type: 'error', target: 'job:a', code: 'READ_FAILED', message: 'no' } as const

  it('makes it stale, and registers it once more', async () => {
    const { server, registry, a } = await followLiveJob()
    registry.onTrouble(trouble)
    expect(a.view.sync).toMatchObject({ status: 'stale', reason: 'READ_FAILED' })
    await server.settled()
    await server.next().accept()
    expect(a.view.sync.status).toBe('live')
    expect(server.log()).toEqual([registered, registered])
  })

  it('of skipped states makes it catch up', async () => {
    const { server, registry, a } = await followLiveJob()
    registry.onTrouble({ type: 'gap', target: 'job:a' })
    expect(a.view.sync).toMatchObject({ status: 'catching-up', reason: 'gap' })
    await server.settled()
    expect(server.log()).toHaveLength(2)
  })

  it.each(['job:b', 'job:a'])(
    'that the page does not follow changes nothing: %s',
    async (target) => {
      const { server, registry, push, a } = await followLiveJob()
      push({ job_id: 'a', status: 'completed' })
      registry.onTrouble({ ...trouble, target })
      await server.settled()
      expect(a.view.sync.status).toBe('live')
      expect(server.log()).toHaveLength(1)
    },
  )
})

describe('a server that cannot read changes', () => {
  it('makes its targets stale until it can', async () => {
    const { registry, a } = await followLiveJob()
    registry.onFreshness('database')
    expect(a.view.sync).toMatchObject({ status: 'stale', reason: 'database' })
    registry.onFreshness(null)
    expect(a.view.sync).toMatchObject({ status: 'live', reason: null })
  })

  it('answers what may be old already; an end is final', async () => {
    const { server, registry, a, push } = await followJob()
    registry.onFreshness('database')
    await server.next().accept()
    expect(a.view).toMatchObject({
      status: 'running',
      sync: { status: 'stale', reason: 'database' },
    })
    push({ job_id: 'a', status: 'completed' })
    expect(a.view.sync.status).toBe('live')
    registry.onFreshness('disk')
    expect(a.view.sync.status).toBe('live')
  })

  it('and can again before its answer: the target catches up', async () => {
    const { server, registry, a } = await followLiveJob()
    registry.refetch(a)
    await server.settled()
    registry.onFreshness('database')
    registry.onFreshness(null)
    expect(a.view.sync.status).toBe('catching-up')
    await server.next().accept()
    expect(a.view.sync.status).toBe('live')
  })
})

it('a stream that may be dead: everything is registered once more', async () => {
  const { server, registry } = await followLiveJob()
  registry.hold(queryTarget('q'), () => toFold(idleQuery))
  await server.settled()
  await server.next().accept()
  registry.onClockJump()
  await server.settled()
  expect(server.log().at(-1)).toBe('/subscribe-batch job:a sub:q')
})

describe('a server without revisions', () => {
  it('that pushes while it answers is read once more: only that tells which is newer', async () => {
    const { server, push, a } = await followJob({}, ['subscribe-batch'])
    push({ job_id: 'a', progress: 60 })
    await server.next().accept()
    expect(a.view).toMatchObject({ progress: 60, sync: { status: 'live' } })
    expect(server.log()).toEqual([registered, registered])
    push({ job_id: 'a', progress: 70 })
    await server.next().accept()
    // Overtaken twice in a row: the next quiet moment will do.
    expect(server.open()).toEqual([])
    expect(a.view).toMatchObject({ progress: 70 })
  })

  it('that pushes often is not read again', async () => {
    const { server, push } = await followLiveJob({}, ['subscribe-batch'])
    for (let progress = 1; progress < 20; progress += 1) {
      await server.advance(1_000)
      push({ job_id: 'a', progress })
    }
    expect(server.log()).toEqual([registered])
  })

  it('that is silent about a run is read again, unlike one with revisions', async () => {
    const { server } = await followLiveJob({}, ['subscribe-batch'])
    await server.advance(5_000)
    expect(server.log()).toEqual([registered, registered])
    const revised = await followLiveJob()
    await revised.server.advance(60_000)
    expect(revised.server.log()).toEqual([registered])
  })
})
