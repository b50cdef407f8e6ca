import { describe, expect, it } from 'vitest'
import { queryTarget } from '../../test/support/cells.ts'
import { createFollowing } from '../../test/support/following.ts'
import { jobKind } from '../kinds/job-kind.ts'
import type { ResolvedOptions } from '../options.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'
import { idleQuery } from '../state/query-state.ts'
import { toFold } from '../state/run-state.ts'

/** A page that follows the job `a` on a session; its registration waits for the answer. */
async function create(options: Partial<ResolvedOptions> = {}, offered?: readonly Capability[]) {
  const page = createFollowing(options)
  const a = page.registry.hold(jobKind.toTarget('a'), () => jobKind.toFold('a', true))
  await page.openSession(offered)
  return { ...page, a }
}

/** The same, live. */
async function createLive(options: Partial<ResolvedOptions> = {}) {
  const page = await create(options)
  await page.server.next().accept()
  return page
}

const registered = '/subscribe-batch job:a'

describe('a session that is lost', () => {
  it('leaves its targets stale; on the next one they catch up and go live', async () => {
    const { server, openSession, loseSession, a } = await createLive()
    await server.advance(70)
    loseSession()
    expect(a.view.sync).toEqual({ status: 'stale', since: 70, reason: 'network' })
    await openSession()
    expect(a.view.sync.status).toBe('catching-up')
    expect(server.log()).toEqual([registered, registered])
    await server.next().accept()
    expect(a.view.sync.status).toBe('live')
  })

  it('takes its requests along: nothing waits for them', async () => {
    const { server, loseSession, openSession, a } = await create()
    const [late] = server.open()
    loseSession()
    expect(late?.isAborted).toBe(true)
    await openSession()
    await late?.refuse(403, 'FORBIDDEN')
    expect(a.view.sync.status).toBe('connecting')
    await server.next().accept()
    expect(a.view.sync.status).toBe('live')
  })

  it('by an answer that does not know it: the connection is told', async () => {
    const { server, news } = await create()
    await server.next().refuse(404, 'SESSION_NOT_FOUND')
    expect(news.at(-1)).toBe('failed')
  })

  it('with nothing followed for a while is not opened again', async () => {
    const { server, registry, news, loseSession, a } = await createLive()
    registry.release(a)
    await server.advance(31_000)
    const before = news.length
    loseSession()
    expect(news.slice(before)).toEqual(['lingered'])
  })
})

describe('trouble with a target', () => {
  const trouble = { type: 'error', target: 'job:a', code: 'READ_FAILED', message: 'no' } as const

  it('makes it stale, and registers it once more', async () => {
    const { server, registry, a } = await createLive()
    registry.onTrouble(trouble)
    expect(a.view.sync).toMatchObject({ status: 'stale', reason: 'READ_FAILED' })
    await server.settled()
    await server.next().accept()
    expect(a.view.sync.status).toBe('live')
    expect(server.log()).toEqual([registered, registered])
  })

  it('of skipped states makes it catch up', async () => {
    const { server, registry, a } = await createLive()
    registry.onTrouble({ type: 'gap', target: 'job:a' })
    expect(a.view.sync).toMatchObject({ status: 'catching-up', reason: 'gap' })
    await server.settled()
    expect(server.log()).toHaveLength(2)
  })

  it.each(['job:b', 'job:a'])(
    'that the page does not follow changes nothing: %s',
    async (target) => {
      const { server, registry, push, a } = await createLive()
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
    const { registry, a } = await createLive()
    registry.onFreshness('database')
    expect(a.view.sync).toMatchObject({ status: 'stale', reason: 'database' })
    registry.onFreshness(null)
    expect(a.view.sync).toMatchObject({ status: 'live', reason: null })
  })

  it('answers what may be old already; an end is final', async () => {
    const { server, registry, a, push } = await create()
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
    const { server, registry, a } = await createLive()
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
  const { server, registry } = await createLive()
  registry.hold(queryTarget('q'), () => toFold(idleQuery))
  await server.settled()
  await server.next().accept()
  registry.onClockJump()
  await server.settled()
  expect(server.log().at(-1)).toBe('/subscribe-batch job:a sub:q')
})

describe('a server without revisions', () => {
  it('that pushes while it answers is read once more: only that tells which is newer', async () => {
    const { server, push, a } = await create({}, ['subscribe-batch'])
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
    const { server, push } = await create({}, ['subscribe-batch'])
    await server.next().accept()
    for (let progress = 1; progress < 20; progress += 1) {
      await server.advance(1_000)
      push({ job_id: 'a', progress })
    }
    expect(server.log()).toEqual([registered])
  })

  it('that is silent about a run is read again, unlike one with revisions', async () => {
    const { server } = await create({}, ['subscribe-batch'])
    await server.next().accept()
    await server.advance(5_000)
    expect(server.log()).toEqual([registered, registered])
    const revised = await createLive()
    await revised.server.advance(60_000)
    expect(revised.server.log()).toEqual([registered])
  })
})

describe('a proxy that keeps the streams back', () => {
  it('has snapshots polled until a stream gets through', async () => {
    const { server, registry, loseToProxy, openSession } = createFollowing()
    const a = registry.hold(jobKind.toTarget('a'), () => jobKind.toFold('a', true))
    loseToProxy()
    expect(a.view.sync).toMatchObject({ status: 'connecting', reason: 'proxy' })
    await server.advance(0)
    expect(server.log()).toEqual(['/jobs/a'])
    await server.next().answer({ job_id: 'a', status: 'running', progress: 40 })
    expect(a.view).toMatchObject({ progress: 40, loading: false })
    await openSession()
    await server.next().accept()
    await server.advance(60_000)
    expect(server.log()).toEqual(['/jobs/a', registered])
  })
})

describe('close()', () => {
  it('publishes what is due, and drops what is kept for a while', async () => {
    const { server, registry, push, closeConnection, a } = await createLive({ everyUpdate: false })
    for (const progress of [10, 20, 30]) push({ job_id: 'a', progress, revision: progress })
    registry.release(a)
    expect(a.view).toMatchObject({ progress: 10 })
    closeConnection()
    registry.close()
    expect(a.view).toMatchObject({ progress: 30, sync: { status: 'stale', reason: 'closed' } })
    expect(registry.find(jobKind.toTarget('a'))).toBeUndefined()
    expect(server.timers()).toBe(0)
  })

  it.each<[string, readonly Capability[]]>([
    ['with revisions', capabilities],
    ['without', ['subscribe-batch']],
  ])('ends every timer, of a server %s', async (_, offered) => {
    const { server, registry, closeConnection, a } = await create({}, offered)
    await server.next().accept()
    registry.release(a)
    await server.advance(1_000)
    for (const request of server.open()) await request.accept()
    expect(server.timers()).toBeGreaterThan(0)
    closeConnection()
    registry.close()
    expect(server.timers()).toBe(0)
  })
})
