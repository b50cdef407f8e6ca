import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenRequest } from '../../test/support/manual-server.ts'
import { createRegistering, type Registering } from '../../test/support/registering.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'
import type { Cell } from './cell.ts'

/*
 * Whatever the order of requests and answers: in the end the server has registered what is
 * followed, and nothing else.
 */

/** A step of the page, the server or the network. `at` chooses one of the cells or requests. */
type Step =
  | { type: 'follow' | 'followAnew' | 'unfollow' | 'again' | 'trouble'; id: string }
  | { type: 'read' | 'refuse' | 'answer' | 'lose'; at: number }
  | { type: 'wait'; ms: number }

const ids = ['a', 'b', 'c']
const steps = fc.array<Step>(
  fc.oneof(
    fc.record({
      type: fc.constantFrom('follow', 'followAnew', 'unfollow', 'again', 'trouble'),
      id: fc.constantFrom(...ids),
    }),
    fc.record({ type: fc.constantFrom('read', 'refuse', 'answer', 'lose'), at: fc.nat(5) }),
    fc.record({ type: fc.constant('wait'), ms: fc.constantFrom(0, 600, 5_000) }),
  ),
  { maxLength: 40 },
)

/** A page, and a server that reads requests in any order, and answers each of them later. */
class Crossing {
  readonly registered = new Set<string>()
  private readonly cells = new Map<string, Cell>()
  private readonly followed = new Set<string>()
  /** The requests that the server has read, with the items that it refused. */
  private readonly read = new Map<OpenRequest, Record<string, { code: string }>>()
  private readonly page: Registering

  constructor(offered: readonly Capability[]) {
    this.page = createRegistering({ maxBatch: 2, maxRegistrationsInFlight: 2 }, offered)
  }

  get wanted(): Set<string> {
    return new Set([...this.followed].map((id) => `job:${id}`))
  }

  async take(step: Step): Promise<void> {
    const { server } = this.page
    if (step.type === 'wait') return server.advance(step.ms)
    if ('id' in step) this.act(step.type, step.id)
    else await this.serve(step.type, step.at)
  }

  /** Reads and answers all requests in order, until the page sends no more. */
  async settle(): Promise<void> {
    const { server, registrations } = this.page
    for (let round = 0; round < 12; round += 1) {
      await server.advance(30_000)
      while (server.open().length > 0) {
        await this.serve('read', 0)
        await this.serve('answer', 0)
      }
    }
    expect(registrations.isComplete()).toBe(true)
  }

  private act(type: Step['type'], id: string): void {
    const { registrations, follow, unfollow } = this.page
    const cell = this.cells.get(id)
    const isFollowed = this.followed.has(id)
    if (type === 'follow' || type === 'followAnew') {
      if (isFollowed) return
      this.followed.add(id)
      this.cells.set(id, type === 'follow' && cell ? follow(id, cell) : follow(id))
    } else if (cell && isFollowed) {
      if (type === 'again') registrations.registerAgain(cell)
      if (type === 'trouble') registrations.registerAfterTrouble(cell)
      if (type !== 'unfollow') return
      this.followed.delete(id)
      unfollow(cell)
    }
  }

  private async serve(type: Step['type'], at: number): Promise<void> {
    const open = this.page.server.open()
    const unread = open.filter((request) => !this.read.has(request))
    const request = pick(
      type === 'lose' ? open : type === 'answer' ? [...this.read.keys()] : unread,
      at,
    )
    if (!request) return
    if (type === 'read' || type === 'refuse') return this.onRead(request, type === 'refuse')
    const errors = this.read.get(request)
    this.read.delete(request)
    if (type === 'lose') await request.lose()
    else await request.accept(errors)
  }

  private onRead(request: OpenRequest, isRefused: boolean): void {
    const isLeaving = request.text.startsWith('/unsubscribe')
    const refused = isRefused && request.text.startsWith('/subscribe-batch') ? request.targets : []
    const errors = refused.map((target) => [target.slice(4), { code: 'RATE_LIMITED' }])
    this.read.set(request, Object.fromEntries(errors))
    for (const target of request.targets) {
      if (isLeaving) this.registered.delete(target)
      else if (!refused.includes(target)) this.registered.add(target)
    }
  }
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)]
}

describe('requests and answers in any order', () => {
  it.each<[string, readonly Capability[]]>([
    ['in batches', capabilities],
    ['one by one', ['unsubscribe']],
  ])('%s: in the end the server has registered what the page follows', async (_, offered) => {
    const property = fc.asyncProperty(steps, async (taken) => {
      const crossing = new Crossing(offered)
      for (const step of taken) await crossing.take(step)
      await crossing.settle()
      expect(crossing.registered).toEqual(crossing.wanted)
    })
    await fc.assert(property, { numRuns: Number(process.env.HEADWAY_RUNS ?? 100) })
  })
})
