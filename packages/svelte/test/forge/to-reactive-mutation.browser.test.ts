import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ReactiveMutation, toReactiveMutation } from '../../src/forge/index.ts'
import { showPage } from './support/show-page.ts'
import Users from './users.svelte'

/** What users.svelte makes. */
interface Made {
  creation: ReactiveMutation<string, string>
}

let gateway: FakeGateway
beforeEach(() => {
  gateway = createFakeGateway({
    queries: { list_users: () => ['Ada'] },
    mutations: { create_user: () => 'made' },
  })
})

describe('toReactiveMutation', () => {
  it('shows that it is under way, then nothing, and gives the output', async () => {
    const { shows, made } = showPage(gateway, Users)
    await shows('Ada')
    const calling = (made() as Made).creation.mutate('Bo')
    await shows('Ada creating')
    expect(await calling).toBe('made')
    await shows('Ada')
  })

  it('shows why it failed; the promise rejects with the same', async () => {
    gateway.intercept(({ path }) =>
      path === '/rpc/create_user'
        ? Response.json(
            { success: false, error: { code: 'VALIDATION_ERROR', message: 'Too short' } },
            { status: 400 },
          )
        : undefined,
    )
    const { shows, made } = showPage(gateway, Users)
    await shows('Ada')
    const { creation } = made() as Made
    await expect(creation.mutate('')).rejects.toThrow('Too short')
    await shows('Ada VALIDATION_ERROR')
    expect(creation.error).toMatchObject({ message: 'Too short', status: 400 })
    gateway.intercept(() => undefined)
    await creation.mutate('Bo')
    await shows('Ada')
  })

  it('shows what was thrown before anything was sent', async () => {
    const mutation = toReactiveMutation(() => {
      throw new TypeError('Not a date')
    })
    await expect(mutation.mutate()).rejects.toThrow('Not a date')
    expect(mutation).toMatchObject({ pending: false, error: { message: 'Not a date' } })
  })

  it('shows the newest of several calls, whatever ends first', async () => {
    const ends: ((error?: Error) => void)[] = []
    const mutation = toReactiveMutation(
      () =>
        new Promise<void>((resolve, reject) =>
          ends.push((error) => (error ? reject(error) : resolve())),
        ),
    )
    const first = mutation.mutate()
    const second = mutation.mutate()
    ends[0]?.(new Error('late'))
    await expect(first).rejects.toThrow('late')
    expect(mutation).toMatchObject({ pending: true, error: null })
    ends[1]?.()
    await second
    expect(mutation).toMatchObject({ pending: false, error: null })
  })

  it('gives what has no code one', async () => {
    const mutation = toReactiveMutation(() => Promise.reject('no'))
    await mutation.mutate().catch(() => undefined)
    expect(mutation.error).toMatchObject({ code: 'UNKNOWN', message: 'no' })
  })
})
