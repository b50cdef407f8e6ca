import { describe, expect, it } from 'vitest'
import { createFollowing, followJob, followLiveJob } from '../../test/support/following.ts'
import { jobKind } from '../kinds/job-kind.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'

const registered = '/subscribe-batch job:a'

describe('a session that is lost', () => {
  it('leaves its targets stale; on the next one they catch up and go live', async () => {
    const { server, openSession, loseSession, a } = await followLiveJob()
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
    const { server, loseSession, openSession, a } = await followJob()
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
    const { server, news } = await followJob()
    await server.next().refuse(404, 'SESSION_NOT_FOUND')
    expect(news.at(-1)).toBe('failed')
  })

  it('with nothing followed for a while is not opened again', async () => {
    const { server, registry, news, loseSession, a } = await followLiveJob()
    registry.release(a)
    await server.advance(31_000)
    const before = news.length
    loseSession()
    expect(news.slice(before)).toEqual(['lingered'])
  })
})

describe('a proxy that keeps the streams back', () => {
  it('has snapshots polled until a stream gets through', async () => {
    const { server, hold, loseToProxy, openSession } = createFollowing()
    const a = hold('a')
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
    const { server, registry, push, closeConnection, a } = await followLiveJob({
      everyUpdate: false,
    })
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
    const { server, registry, closeConnection, a } = await followLiveJob({}, offered)
    registry.release(a)
    await server.advance(1_000)
    for (const request of server.open()) await request.accept()
    expect(server.timers()).toBeGreaterThan(0)
    closeConnection()
    registry.close()
    expect(server.timers()).toBe(0)
  })
})
