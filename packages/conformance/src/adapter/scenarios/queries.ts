import { failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { createGate, inBatches, type Scenario } from '../scenario.ts'

const query: Ask = { show: 'query', name: 'list_users', args: { team: 'a' } }

/** The options of a server with one query, and its data. */
function serving() {
  const users: Record<string, string[]> = { a: ['Ada'], b: ['Bo'] }
  const list_users = (args: unknown): unknown => users[(args as { team: string }).team]
  return { users, gateway: { queries: { list_users } } }
}
const teams = serving()

const reset = (): void => {
  Object.assign(teams.users, { a: ['Ada'], b: ['Bo'] })
}

/** Live queries. */
export const queryScenarios: Scenario[] = [
  {
    name: 'is loading, then shows its result and each change',
    gateway: teams.gateway,
    async play({ show, gateway }) {
      reset()
      const screen = show(query)
      await screen.shows({ loading: false, data: ['Ada'], error: null, stale: false })
      expect(screen.seen[0]).toMatchObject({ loading: true, data: null })
      teams.users.a = ['Ada', 'Al']
      gateway.changed('list_users')
      await screen.shows({ data: ['Ada', 'Al'] })
    },
  },
  {
    name: 'other arguments: watches another query',
    gateway: teams.gateway,
    async play({ show, gateway, advance }) {
      reset()
      const screen = show(query)
      await screen.shows({ data: ['Ada'] })
      screen.ask({ ...query, args: { team: 'b' } })
      await screen.shows({ data: ['Bo'] })
      await advance(1_000)
      expect(gateway.registrations()).toHaveLength(1)
    },
  },
  {
    name: 'a new object with equal arguments: watches the same query',
    gateway: teams.gateway,
    async play({ show, gateway }) {
      reset()
      const screen = show(query)
      await screen.shows({ data: ['Ada'] })
      const asked = gateway.requests.length
      screen.ask({ ...query, args: { team: 'a' } })
      await show(query).shows({ data: ['Ada'] })
      await screen.shows({ data: ['Ada'] })
      expect(gateway.requests).toHaveLength(asked)
    },
  },
  {
    name: 'enabled: registers only while it is true',
    gateway: teams.gateway,
    async play({ show, gateway, advance }) {
      reset()
      const screen = show({ ...query, enabled: false })
      await screen.shows({ loading: true, data: null })
      expect(gateway.requests).toEqual([])
      screen.ask({ ...query, enabled: true })
      await screen.shows({ data: ['Ada'] })
      screen.ask({ ...query, enabled: false })
      await screen.settled()
      await advance(1_000)
      expect(gateway.registrations()).toEqual([])
      screen.ask({ ...query, enabled: true })
      await screen.shows({ data: ['Ada'] })
    },
  },
  {
    name: 'a refused query: has an error and no data',
    gateway: { ...teams.gateway, capabilities: inBatches },
    async play({ show, gateway }) {
      reset()
      gateway.intercept(({ path }) =>
        path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
      )
      const error = { name: 'RpcError', code: 'FORBIDDEN', message: 'not yours' }
      await show(query).shows({ loading: false, data: null, error })
    },
  },
  {
    name: 'a lost connection: keeps its data as stale, and is up to date after the reconnect',
    gateway: teams.gateway,
    async play({ show, gateway, client }) {
      reset()
      const screen = show(query)
      await screen.shows({ data: ['Ada'], stale: false })
      gateway.goOffline()
      await screen.shows({ data: ['Ada'], stale: true, sync: { status: 'stale' } })
      teams.users.a = ['Al']
      gateway.goOnline()
      client.reconnectNow()
      await screen.shows({ data: ['Al'], stale: false })
    },
  },
  {
    name: 'refetch: reads the query again',
    gateway: teams.gateway,
    async play({ show }) {
      reset()
      const screen = show(query)
      await screen.shows({ data: ['Ada'] })
      teams.users.a = ['Al']
      screen.actions.refetch?.()
      await screen.shows({ data: ['Al'] })
    },
  },
  {
    name: 'an error event: shows the error and keeps the data',
    gateway: teams.gateway,
    async play({ show, gateway }) {
      reset()
      const screen = show(query)
      await screen.shows({ data: ['Ada'] })
      gateway.intercept(({ path }) =>
        path.startsWith('/subscribe') ? failure(500, 'INTERNAL', 'no database') : undefined,
      )
      const [target = ''] = gateway.registrations()
      gateway.send({ type: 'error', target, code: 'INTERNAL', message: 'no database' })
      await screen.shows({ data: ['Ada'], stale: true, error: { message: 'no database' } })
    },
  },
]

const mutation: Ask = { show: 'mutation', name: 'create_user' }

/** Remote calls. */
export const mutationScenarios: Scenario[] = [
  {
    name: 'is pending, then has the answer',
    gateway: { queries: { create_user: (args) => ({ created: args }) } },
    async play({ show, gateway }) {
      const screen = show(mutation)
      await screen.shows({ pending: false, data: null, error: null })
      expect(gateway.requests).toEqual([])
      const calling = screen.actions.mutate?.({ name: 'Ada' })
      await screen.shows({ pending: false, data: { created: { name: 'Ada' } } })
      expect(screen.seen).toContainEqual({ pending: true, data: null, error: null })
      await expect(calling).resolves.toEqual({ created: { name: 'Ada' } })
    },
  },
  {
    name: 'a refused call: has an error, and its promise can be ignored',
    async play({ show, gateway }) {
      gateway.intercept(() => failure(422, 'VALIDATION_ERROR', 'no name'))
      const screen = show(mutation)
      await screen.settled()
      void screen.actions.mutate?.({})
      const error = { name: 'RpcError', code: 'VALIDATION_ERROR', message: 'no name' }
      await screen.shows({ pending: false, data: null, error })
    },
  },
  {
    name: 'two calls under way: shows the newer one, also if the older one is answered last',
    async play({ show, gateway }) {
      const first = createGate()
      gateway.intercept(async ({ body }) => {
        if (body.args === 'first') await first.opened
        return new Response(JSON.stringify({ success: true, data: body.args }), {
          headers: { 'content-type': 'application/json' },
        })
      })
      const screen = show(mutation)
      await screen.settled()
      void screen.actions.mutate?.('first')
      void screen.actions.mutate?.('second')
      await screen.shows({ pending: false, data: 'second' })
      first.open()
      await screen.shows({ pending: false, data: 'second' })
    },
  },
]
