import { describe, expect, it } from 'vitest'
import { createRegistering } from '../../test/support/registering.ts'

/*
 * Requests and answers that cross: a cell is released, or followed again, while a request is under
 * way.
 */

/** One job, `a`, whose registration is under way. */
async function send() {
  const page = createRegistering()
  const a = page.follow('a')
  await page.server.settled()
  return { ...page, a }
}

const registered = '/subscribe-batch job:a'
const unregistered = '/unsubscribe-batch job:a'

describe('unregistering', () => {
  it('while the request is under way: only after its answer, so that neither overtakes the other', async () => {
    const { server, unfollow, a, answers, registrations } = await send()
    unfollow(a)
    expect(registrations.isComplete()).toBe(true)
    await server.settled()
    expect(server.log()).toEqual([registered])
    await server.next().accept()
    expect(server.log()).toEqual([registered, unregistered])
    expect(answers).toEqual([])
  })

  it('while the request is under way, and followed again: that answer is enough', async () => {
    const { server, registrations, a, answers } = await send()
    registrations.unregister(a)
    registrations.register(a)
    await server.next().accept()
    expect(server.log()).toEqual([registered])
    expect(answers).toEqual(['a answered'])
  })

  it('while the request is under way, and followed again by another cell: that one is registered', async () => {
    const { server, unfollow, follow, a, answers } = await send()
    unfollow(a)
    follow('a')
    await server.settled()
    while (server.open().length > 0) await server.next().accept()
    expect(server.log()).toEqual([registered, registered])
    expect(answers).toEqual(['a answered'])
  })

  it('a cell that an answer had no room for: it is unregistered, and not sent again', async () => {
    const page = createRegistering()
    const [, b] = ['a', 'b'].map((id) => page.follow(id))
    await page.server.settled()
    if (b) page.unfollow(b)
    await page.server.next().accept({ b: { code: 'SERVICE_UNAVAILABLE', retry_after_secs: 0 } })
    // The server may have registered it all the same.
    expect(page.server.log().slice(1)).toEqual(['/unsubscribe-batch job:b'])
  })

  it('a cell that waits for its next attempt: it is unregistered, and not tried again', async () => {
    const { server, unfollow, a } = await send()
    await server.next().lose()
    unfollow(a)
    await server.settled()
    await server.next().accept()
    await server.advance(60_000)
    // The server may have registered it, although the answer was lost.
    expect(server.log()).toEqual([registered, unregistered])
  })

  it('and followed again in the same turn: only the registration is sent', async () => {
    const { server, unfollow, follow, a } = await send()
    await server.next().accept()
    unfollow(a)
    follow('a')
    await server.settled()
    expect(server.log()).toEqual([registered, registered])
  })

  it('before it is sent, and followed again: it goes out once', async () => {
    const { server, registrations, follow } = createRegistering()
    const a = follow('a')
    registrations.unregister(a)
    registrations.register(a)
    await server.settled()
    expect(server.log()).toEqual([registered])
  })

  it('while it waits for its next attempt, and followed again: that attempt is the only one', async () => {
    const { server, registrations, a } = await send()
    await server.next().lose()
    registrations.unregister(a)
    registrations.register(a)
    await server.advance(5_000)
    expect(server.log()).toEqual([registered, registered])
  })

  it('and followed again while that request is under way: registered again after it', async () => {
    const { server, unfollow, follow, a } = await send()
    await server.next().accept()
    unfollow(a)
    await server.settled()
    follow('a')
    await server.settled()
    const [leave, join] = server.open()
    // The server may read them in either order.
    await join?.accept()
    await leave?.accept()
    expect(server.log()).toEqual([registered, unregistered, registered, registered])
  })
})

describe('close()', () => {
  it('in the middle of the answers to a batch: the other answers are not heard', async () => {
    const { server, registrations, answers, follow, onAnswer } = createRegistering()
    for (const id of ['a', 'b', 'c']) follow(id)
    await server.settled()
    onAnswer(registrations.close)
    await server.next().accept({ a: { code: 'RATE_LIMITED' } })
    await server.advance(600_000)
    expect(answers).toEqual(['a failed'])
    expect(server.log()).toHaveLength(1)
    expect(registrations.isComplete()).toBe(true)
  })

  it('aborts what is under way, and sends nothing more', async () => {
    const page = createRegistering({ maxBatch: 1, maxRegistrationsInFlight: 1 })
    for (const id of ['a', 'b']) page.follow(id)
    await page.server.settled()
    page.registrations.close()
    expect(page.server.open()).toEqual([])
    await page.server.advance(600_000)
    expect(page.server.log()).toEqual([registered])
    expect(page.answers).toEqual([])
  })
})
