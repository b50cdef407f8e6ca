import { describe, expect, it } from 'vitest'
import { createSession, jobCell } from '../../test/support/cells.ts'
import { createManualServer } from '../../test/support/manual-server.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Capability } from '../protocol/server-event.ts'
import type { Cell } from './cell.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import { createRegistrations } from './registrations.ts'

/** Registrations of the cells `a`, `b`, `c` …, all of which the page follows. */
function create(options: Partial<ResolvedOptions> = {}, offered?: readonly Capability[]) {
  const server = createManualServer(options)
  const answers: string[] = []
  const followed = new Map<string, Cell>()
  const listener = {
    onAnswer: (cell: Cell, { type }: RegistrationAnswer): unknown =>
      answers.push(`${cell.item.id} ${type}`),
    find: (target: string) => followed.get(target),
  }
  const registrations = createRegistrations(server.transport, createSession(offered), {
    onAnswer: (cell, answer) => void listener.onAnswer(cell, answer),
    find: listener.find,
  })
  const follow = (id: string): Cell => {
    const cell = jobCell(id)
    followed.set(cell.target, cell)
    registrations.register(cell)
    return cell
  }
  const unfollow = (cell: Cell): void => {
    followed.delete(cell.target)
    registrations.unregister(cell)
  }
  return { server, answers, listener, registrations, follow, unfollow }
}

describe('the queue', () => {
  it('sends the cells of one turn in one batch', async () => {
    const { server, answers, follow, registrations } = create()
    for (const id of ['a', 'b', 'c']) follow(id)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-batch job:a job:b job:c'])
    expect(registrations.isComplete()).toBe(false)
    await server.next().accept()
    expect(answers).toEqual(['a answered', 'b answered', 'c answered'])
    expect(registrations.isComplete()).toBe(true)
  })

  it('keeps a few batches in flight, and sends the next one with each answer', async () => {
    const { server, follow } = create({ maxBatch: 2, maxRegistrationsInFlight: 2 })
    for (const id of ['a', 'b', 'c', 'd', 'e']) follow(id)
    await server.settled()
    const first = ['/subscribe-batch job:a job:b', '/subscribe-batch job:c job:d']
    expect(server.log()).toEqual(first)
    await server.open()[1]?.accept()
    expect(server.log()).toEqual([...first, '/subscribe-batch job:e'])
  })

  it('sends each cell by itself to a server without batches', async () => {
    const { server, follow } = create({ maxRegistrationsInFlight: 2 }, [])
    for (const id of ['a', 'b', 'c']) follow(id)
    await server.settled()
    expect(server.log()).toEqual(['/subscribe-job job:a', '/subscribe-job job:b'])
    await server.next().accept()
    expect(server.log().at(-1)).toBe('/subscribe-job job:c')
  })

  it('sends nothing for a cell that is released in the same turn', async () => {
    const { server, follow, unfollow } = create()
    unfollow(follow('a'))
    await server.settled()
    expect(server.log()).toEqual([])
  })

  it('asks once for a cell whose answer is still to come', async () => {
    const { server, registrations, follow } = create()
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
    const { server, answers, follow, registrations } = create()
    const cells = ['a', 'b', 'c', 'd', 'e'].map(follow)
    await server.settled()
    const codes = { b: 'JOB_NOT_FOUND', c: 'FORBIDDEN', d: 'RATE_LIMITED', e: 'SESSION_NOT_FOUND' }
    const errors = Object.fromEntries(Object.entries(codes).map(([id, code]) => [id, { code }]))
    await server.next().accept(errors)
    expect(answers).toEqual(['a answered', 'b missed', 'c refused', 'd failed', 'e sessionLost'])
    expect(cells.filter(registrations.isAwaiting).map(({ item }) => item.id)).toEqual(['d'])
  })

  it('that failed are asked for again, later each time', async () => {
    const { server, answers, follow } = create()
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

  it('without room for all: the rest goes out at once, in batches that fit, and has not failed', async () => {
    const { server, answers, follow } = create()
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
    const { server, answers, follow } = create()
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

  it.each([401, 500])('%i to a batch says nothing about its size: it is not cut', async (status) => {
    const { server, answers, follow } = create()
    for (const id of ['a', 'b']) follow(id)
    await server.settled()
    await server.next().refuse(status, 'NO')
    // A 401 is final once the token was asked for anew; this client has none.
    expect(new Set(answers)).toEqual(
      new Set(status === 401 ? ['a refused', 'b refused'] : ['a failed', 'b failed']),
    )
    expect(server.log()).toHaveLength(1)
  })
})
