import { describe, expect, it } from 'vitest'
import { createRegistering } from '../../test/support/registering.ts'

describe('the queue', () => {
  it('sends the cells of one turn in one batch', async () => {
    const { server, answers, follow, registrations } = createRegistering()
    for (const id of ['a', 'b', 'c']) follow(id)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-batch job:a job:b job:c'])
    expect(registrations.isComplete()).toBe(false)
    await server.next().accept()
    expect(answers).toEqual(['a answered', 'b answered', 'c answered'])
    expect(registrations.isComplete()).toBe(true)
  })

  it('keeps a few batches in flight, and sends the next one with each answer', async () => {
    const { server, follow } = createRegistering({ maxBatch: 2, maxRegistrationsInFlight: 2 })
    for (const id of ['a', 'b', 'c', 'd', 'e']) follow(id)
    await server.settled()
    const first = ['/subscribe-batch job:a job:b', '/subscribe-batch job:c job:d']
    expect(server.log()).toEqual(first)
    await server.open()[1]?.accept()
    expect(server.log()).toEqual([...first, '/subscribe-batch job:e'])
  })

  it('sends each cell by itself to a server without batches', async () => {
    const { server, follow } = createRegistering({ maxRegistrationsInFlight: 2 }, [])
    for (const id of ['a', 'b', 'c']) follow(id)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-job job:a', '/subscribe-job job:b'])
    await server.next().accept()
    expect(server.log().at(-1)).toBe('/subscribe-job job:c')
  })

  it('sends nothing for a cell that is released in the same turn', async () => {
    const { server, follow, unfollow } = createRegistering()
    unfollow(follow('a'))
    await server.settled()
    expect(server.log()).toEqual([])
  })

  it('asks once for a cell whose answer is still to come', async () => {
    const { server, registrations, follow } = createRegistering()
    const a = follow('a')
    registrations.register(a)
    await server.settled()
    registrations.register(a)
    await server.next().accept()
    expect(server.log()).toEqual(['/subscribe-batch job:a'])
  })
})

describe('answers', () => {
  it('say what the server said of each item', async () => {
    const { server, answers, follow, registrations } = createRegistering()
    const cells = ['a', 'b', 'c', 'd', 'e'].map((id) => follow(id))
    await server.settled()
    const codes = { b: 'JOB_NOT_FOUND', c: 'FORBIDDEN', d: 'RATE_LIMITED', e: 'SESSION_NOT_FOUND' }
    const errors = Object.fromEntries(Object.entries(codes).map(([id, code]) => [id, { code }]))
    await server.next().accept(errors)
    expect(answers).toEqual(['a answered', 'b missed', 'c refused', 'd failed', 'e sessionLost'])
    expect(cells.filter(registrations.isAwaiting).map(({ item }) => item.id)).toEqual(['d'])
  })

  it('that failed are asked for again, later each time', async () => {
    const { server, answers, follow } = createRegistering()
    follow('a')
    await server.advance(0)
    await server.next().lose()
    // Half of 1,000 ms, then half of 2,000 ms.
    for (const waitMs of [500, 1_000]) {
      await server.advance(waitMs - 1)
      expect(server.open()).toEqual([])
      await server.advance(1)
      await server.next().refuse(500, 'INTERNAL_ERROR')
    }
    expect(answers).toEqual(['a failed', 'a failed', 'a failed'])
    await server.advance(2_000)
    await server.next().accept()
    expect(answers.at(-1)).toBe('a answered')
  })

  it('that failed twice halve the batches, until everything is answered', async () => {
    const { server, follow } = createRegistering({ maxBatch: 4 })
    for (const id of ['a', 'b', 'c', 'd']) follow(id)
    await server.advance(0)
    await server.next().lose()
    await server.advance(500)
    await server.next().lose()
    await server.advance(1_000)
    const halves = ['/subscribe-batch job:a job:b', '/subscribe-batch job:c job:d']
    expect(server.open().map(({ text }) => text)).toEqual(halves)
    while (server.open().length > 0) await server.next().accept()
    for (const id of ['e', 'f', 'g', 'h']) follow(id)
    await server.settled()
    expect(server.log().at(-1)).toBe('/subscribe-batch job:e job:f job:g job:h')
  })

  it('without room for all: the rest goes out at once, in batches that fit, and has not failed', async () => {
    const { server, answers, follow } = createRegistering()
    for (const id of ['a', 'b', 'c', 'd', 'e']) follow(id)
    await server.settled()
    const full = { code: 'SERVICE_UNAVAILABLE', retry_after_secs: 0 }
    await server.next().accept({ c: full, d: full, e: full })
    expect(answers).toEqual(['a answered', 'b answered'])
    expect(server.log().slice(1)).toEqual([
      '/subscribe-batch job:c job:d',
      '/subscribe-batch job:e',
    ])
  })

  it('that refuse a large batch as a whole: it is halved, then sent one by one', async () => {
    const { server, answers, follow } = createRegistering()
    for (let at = 0; at < 40; at += 1) follow(`${at}`)
    await server.settled()
    const refuseBatches = async (): Promise<void> => {
      for (let next = server.open()[0]; next; next = server.open()[0]) {
        if (next.targets.includes('job:7')) await next.refuse(403, 'FORBIDDEN')
        else await next.accept()
      }
    }
    await refuseBatches()
    expect(answers.filter((text) => !text.endsWith('answered'))).toEqual(['7 refused'])
    expect(answers).toHaveLength(40)
    const batches = server.log().filter((text) => text.startsWith('/subscribe-batch'))
    expect(batches.map((text) => text.split(' ').length - 1)).toEqual([40, 20, 20])
  })

  it.each([
    [401, ['a refused', 'b refused']],
    [500, ['a failed', 'b failed']],
  ])('are the same for all items when the batch is answered %i', async (status, expected) => {
    const { server, answers, follow } = createRegistering()
    for (const id of ['a', 'b']) follow(id)
    await server.settled()
    await server.next().refuse(status, 'NO')
    expect(answers).toEqual(expected)
    expect(server.log()).toHaveLength(1)
  })
})

it.each([true, false])('a server with revisions: %s', (hasRevisions) => {
  const { registrations } = createRegistering(
    {},
    hasRevisions ? ['revisions'] : ['subscribe-batch'],
  )
  expect(registrations.hasRevisions).toBe(hasRevisions)
})
