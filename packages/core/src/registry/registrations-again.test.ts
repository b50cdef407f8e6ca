import { describe, expect, it } from 'vitest'
import { queryCell } from '../../test/support/cells.ts'
import { createRegistering } from '../../test/support/registering.ts'

/*
 * A cell is registered once more when its server is in doubt or in trouble, and when its state may
 * be too old.
 */

/** One job, `a`, whose registration is under way. */
async function send() {
  const page = createRegistering()
  const a = page.follow('a')
  await page.server.settled()
  return { ...page, a }
}

const registered = '/subscribe-batch job:a'

describe('registering once more', () => {
  it('while the request is under way: another one follows the answer, which may be too old', async () => {
    const { server, registrations, a, answers } = await send()
    registrations.registerAgain(a)
    registrations.registerAgain(a)
    await server.settled()
    expect(server.log()).toEqual([registered])
    await server.next().accept()
    expect(server.log()).toEqual([registered, registered])
    await server.next().accept()
    expect(answers).toEqual(['a answered', 'a answered'])
    expect(server.open()).toEqual([])
  })

  it('after the answer: at once', async () => {
    const { server, registrations, a } = await send()
    await server.next().accept()
    registrations.registerAgain(a)
    await server.settled()
    expect(server.log()).toEqual([registered, registered])
  })

  it('while it waits for its next attempt: with that attempt', async () => {
    const { server, registrations, a } = await send()
    await server.next().lose()
    registrations.registerAgain(a)
    await server.advance(499)
    expect(server.log()).toHaveLength(1)
    await server.advance(1)
    expect(server.log()).toHaveLength(2)
  })

  it('after trouble: at once, then ever later', async () => {
    const { server, registrations, a } = await send()
    await server.next().accept()
    for (const waitMs of [0, 500, 1_000, 2_000]) {
      const before = server.log().length
      registrations.registerAfterTrouble(a)
      await server.advance(Math.max(0, waitMs - 1))
      expect(server.log()).toHaveLength(waitMs === 0 ? before + 1 : before)
      await server.advance(1)
      await server.next().accept()
    }
  })

  it('after trouble, and 30 s without any: at once again', async () => {
    const { server, registrations, a } = await send()
    await server.next().accept()
    for (const calmMs of [0, 30_000]) {
      await server.advance(calmMs)
      registrations.registerAfterTrouble(a)
      await server.settled()
      await server.next().accept()
    }
    expect(server.log()).toEqual([registered, registered, registered])
  })

  it('after trouble that comes during a request: later, once the answer is there', async () => {
    const { server, registrations, a } = await send()
    registrations.registerAfterTrouble(a)
    registrations.registerAfterTrouble(a)
    await server.next().accept()
    expect(server.open()).toEqual([])
    await server.advance(500)
    expect(server.open().map(({ text }) => text)).toEqual([registered])
  })

  it('while the request is under way, which has no room for the cell: it goes out once', async () => {
    const page = createRegistering()
    const [, b] = ['a', 'b'].map((id) => page.follow(id))
    await page.server.settled()
    if (b) page.registrations.registerAgain(b)
    await page.server.next().accept({ b: { code: 'SERVICE_UNAVAILABLE', retry_after_secs: 0 } })
    await page.server.next().accept()
    expect(page.server.log().slice(1)).toEqual(['/subscribe-batch job:b'])
  })

  it('and released before the answer: it is not registered once more', async () => {
    const { server, registrations, a } = await send()
    registrations.registerAgain(a)
    registrations.unregister(a)
    registrations.register(a)
    await server.next().accept()
    expect(server.log()).toEqual([registered])
  })
})

/* A Forge would answer a second registration of a query from a cache, and keep both. */
describe('a query on a Forge', () => {
  it('is read when it is registered already', async () => {
    const { server, registrations, follow } = createRegistering({}, [])
    const query = follow('q', queryCell('q'))
    await server.settled()
    await server.next().accept()
    registrations.register(query)
    await server.settled()
    await server.next().answer([])
    expect(server.log()).toEqual(['/subscribe sub:q', '/rpc/search'])
  })

  it('is registered anew when its unregistration may have arrived last', async () => {
    const { server, registrations, follow } = createRegistering({}, [])
    const query = follow('q', queryCell('q'))
    await server.settled()
    await server.next().accept()
    registrations.unregister(query)
    await server.settled()
    registrations.register(query)
    await server.settled()
    while (server.open().length > 0) await server.next().accept()
    expect(server.log()).toEqual([
      '/subscribe sub:q',
      '/unsubscribe sub:q',
      '/rpc/search',
      '/subscribe sub:q',
    ])
  })
})
