import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import type { Component } from 'svelte'
import { beforeEach, describe, expect, it } from 'vitest'
import { ForgeClientError, type ReactiveQuery } from '../../src/forge/index.ts'
import Derived from './derived.svelte'
import Silent from './silent.svelte'
import { showPage } from './support/show-page.ts'
import Users from './users.svelte'

/** What users.svelte makes. */
interface Made {
  users: ReactiveQuery<string[]>
}

let users: unknown
let gateway: FakeGateway

beforeEach(() => {
  users = ['Ada']
  gateway = createFakeGateway({ queries: { list_users: () => users } })
})

const show = (page: Component<Record<string, unknown>>) => showPage(gateway, page)

describe('toReactive', () => {
  it('shows that it loads, the result, and each change', async () => {
    const { shows } = show(Users)
    await shows('loading')
    await shows('Ada')
    users = ['Ada', 'Bo']
    gateway.changed('list_users')
    await shows('Ada,Bo')
  })

  it('shows a refusal with its code', async () => {
    // As Forge does it, which takes each registration alone.
    gateway = createFakeGateway({ capabilities: [] })
    gateway.intercept(({ path }) =>
      path === '/subscribe'
        ? Response.json(
            { success: false, error: { code: 'FORBIDDEN', message: 'No' } },
            { status: 403 },
          )
        : undefined,
    )
    const { shows, made } = show(Users)
    await shows('FORBIDDEN')
    const { error } = (made() as Made).users
    expect(error).toBeInstanceOf(ForgeClientError)
    expect((made() as Made).users.error).toBe(error)
  })

  it('is kept live while the component is there, also when nothing shows it', async () => {
    const { made, leave } = show(Silent)
    const query = made() as ReactiveQuery<string[]>
    await expect.poll(() => query.data).toEqual(['Ada'])
    users = ['Bo']
    gateway.changed('list_users')
    await expect.poll(() => query.data).toEqual(['Bo'])
    leave()
    await expect.poll(() => gateway.openStreams()).toBe(0)
  })

  it('follows one query at a time where it is derived from what changes', async () => {
    gateway = createFakeGateway({ queries: { list_users: (team) => [`Ada of ${String(team)}`] } })
    const { shows, made, leave } = show(Derived)
    await shows('Ada of a')
    const setTeam = made() as (team: string) => void
    setTeam('b')
    await shows('Ada of b')
    await expect.poll(() => gateway.registrations()).toHaveLength(1)
    leave()
    await expect.poll(() => gateway.registrations()).toEqual([])
  })

  it('unsubscribe() stops it, and what is shown stays', async () => {
    const { shows, made } = show(Users)
    await shows('Ada')
    const { unsubscribe } = (made() as Made).users
    unsubscribe()
    await expect.poll(() => gateway.registrations()).toEqual([])
    await shows('Ada stale')
  })
})
