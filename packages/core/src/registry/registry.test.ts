import { describe, expect, it } from 'vitest'
import { createFollowing, followLiveJob } from '../../test/support/following.ts'
import { jobKind } from '../kinds/job-kind.ts'

const registered = '/subscribe-batch job:a'

describe('following', () => {
  it('asks for a connection, and registers once there is a session', async () => {
    const { hold, openSession, server, news } = createFollowing()
    const a = hold('a')
    await server.settled()
    expect(news).toEqual(['wanted'])
    expect(server.log()).toEqual([])
    await openSession()
    expect(server.log()).toEqual([registered])
    expect(a.view).toMatchObject({ loading: true, sync: { status: 'connecting' } })
    await server.next().accept()
    expect(a.view).toMatchObject({ status: 'running', sync: { status: 'live' } })
    expect(news.at(-1)).toBe('synced')
  })

  it('registers at once while there is a session', async () => {
    const { hold, server } = await followLiveJob()
    hold('b')
    await server.settled()
    expect(server.log().at(-1)).toBe('/subscribe-batch job:b')
  })

  it('shares one cell, and one registration, between all who hold a target', async () => {
    const { hold, server, registry, a } = await followLiveJob()
    expect(hold('a')).toBe(a)
    registry.release(a)
    await server.advance(60_000)
    expect(server.log()).toEqual([registered])
    expect(registry.find(jobKind.toTarget('a'))).toBe(a)
  })

  it('ends a while after the last release; the stream a while later', async () => {
    const { server, registry, news, a } = await followLiveJob()
    registry.release(a)
    await server.advance(999)
    expect(server.open()).toEqual([])
    await server.advance(1)
    expect(registry.find(jobKind.toTarget('a'))).toBeUndefined()
    await server.next().accept()
    expect(server.log()).toEqual([registered, '/unsubscribe-batch job:a'])
    expect(news).not.toContain('lingered')
    await server.advance(30_000)
    expect(news.at(-1)).toBe('lingered')
  })

  it('of another target keeps the stream open', async () => {
    const { hold, server, registry, news, a } = await followLiveJob()
    hold('b')
    registry.release(a)
    await server.advance(60_000)
    expect(news).not.toContain('lingered')
  })

  it('takes updates of the targets that the page has, while there is a session', async () => {
    const { push, loseSession, a } = await followLiveJob()
    push({ job_id: 'a', progress: 40 })
    push({ job_id: 'unknown', progress: 50 })
    expect(a.view).toMatchObject({ progress: 40 })
    loseSession()
    push({ job_id: 'a', progress: 60 })
    expect(a.view).toMatchObject({ progress: 40 })
  })
})

describe('a run that ends', () => {
  it('is followed no more, and needs no request for that', async () => {
    const { push, server, openSession, loseSession, news, a } = await followLiveJob()
    push({ job_id: 'a', status: 'completed' })
    await server.advance(30_000)
    expect(news.at(-1)).toBe('lingered')
    loseSession()
    expect(a.view.sync.status).toBe('live')
    await openSession()
    expect(server.log()).toEqual([registered])
  })

  it.each(['catching-up', 'stale'] as const)('by a push while it is %s is live', async (status) => {
    const { push, registry, a } = await followLiveJob()
    const sync = { status, since: 0, reason: 'gap' }
    registry.dispatch('job', 'a', { type: 'syncChanged', sync })
    push({ job_id: 'a', status: 'completed' })
    expect(a.view).toMatchObject({ status: 'completed', sync: { status: 'live', reason: null } })
  })

  it('without a session stays as stale as it was', async () => {
    const { loseSession, registry, a } = await followLiveJob()
    loseSession()
    const snapshot = { job_id: 'a', status: 'completed', output: null, error: null }
    registry.dispatch('job', 'a', { type: 'updated', snapshot })
    expect(a.view).toMatchObject({ status: 'completed', sync: { status: 'stale' } })
  })

  it('is followed again when a higher revision says that it goes on', async () => {
    const { push, server } = await followLiveJob()
    push({ job_id: 'a', status: 'completed', revision: 2 })
    push({ job_id: 'a', status: 'running', revision: 3 })
    await server.settled()
    expect(server.log()).toEqual([registered, registered])
  })
})

describe('an ended run that is held once more', () => {
  /** A page with an ended job `a`, of which a second screen has asked the server. */
  async function createHeldAgain() {
    const page = await followLiveJob()
    page.push({ job_id: 'a', status: 'completed' })
    page.hold('a')
    await page.server.settled()
    return page
  }

  it('is asked for once: it may have been run again', async () => {
    const { server, a } = await createHeldAgain()
    expect(server.log()).toEqual([registered, registered])
    expect(a.view).toMatchObject({ status: 'completed', sync: { status: 'live' } })
    await server.next().accept()
    expect(a.view).toMatchObject({ status: 'running' })
  })

  it('is followed no more once the server says that it has still ended', async () => {
    const { server, openSession } = await createHeldAgain()
    const data = { job_id: 'a', status: 'completed', output: null, error: null }
    await server.next().answer([{ kind: 'job', id: 'a', success: true, data }])
    await openSession()
    expect(server.log()).toEqual([registered, registered])
  })

  it('is asked for on the next session too, while there is no answer', async () => {
    const { server, loseSession, openSession, push, a } = await createHeldAgain()
    push({ job_id: 'a', status: 'completed', progress: 100 })
    loseSession()
    await openSession()
    expect(server.log()).toEqual([registered, registered, registered])
    expect(a.view.sync.status).toBe('live')
  })

  it('is asked for until there is an answer', async () => {
    const { server } = await createHeldAgain()
    await server.next().refuse(500, 'INTERNAL_ERROR')
    await server.advance(500)
    expect(server.log()).toEqual([registered, registered, registered])
  })

  it('does not become stale when its server cannot read changes', async () => {
    const { registry, a } = await createHeldAgain()
    registry.onFreshness('database')
    expect(a.view.sync.status).toBe('live')
  })
})

describe('a refetch', () => {
  it('registers a followed target once more', async () => {
    const { server, registry, a } = await followLiveJob()
    registry.refetch(a)
    await server.settled()
    expect(server.log()).toEqual([registered, registered])
  })

  it('asks for an ended run too, but for no target that the page has dropped', async () => {
    const { server, registry, push, a } = await followLiveJob()
    push({ job_id: 'a', status: 'completed' })
    registry.refetch(a)
    await server.settled()
    expect(server.log()).toEqual([registered, registered])
    await server.next().accept()
    registry.release(a)
    await server.advance(1_000)
    const before = server.log().length
    registry.refetch(a)
    await server.settled()
    expect(server.log()).toHaveLength(before)
  })
})
