import { defineMutation, defineQuery, RpcError, StartFailed } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { errorOf, useForge } from './clients.ts'
import * as api from './generated/index.ts'

/*
 * Refusals at a real Forge server, as our client reports them. Where Forge does less than one would expect,
 * the test says so.
 */

const { connect, connectAs, server } = useForge()

describe('refusals', () => {
  it('a token of another secret', async () => {
    const [head, payload] = server().jwt({ sub: crypto.randomUUID() }).split('.')
    const client = connect(() => `${head}.${payload}.bm90IGEgc2lnbmF0dXJl`)
    const error = await errorOf(client.call(api.whoAmI, null))
    expect(error).toMatchObject({ name: 'RpcError', status: 401 })
  })

  it('an expired token is asked for anew, once, and the call goes through', async () => {
    const sub = crypto.randomUUID()
    const asked: boolean[] = []
    const client = connect(({ force }) => {
      asked.push(force)
      return force ? server().jwt({ sub }) : server().jwt({ sub, exp: 1 })
    })
    expect(await client.call(api.whoAmI, null)).toBe(sub)
    expect(asked).toEqual([false, true])
  })

  it('an expired token that is not renewed: nothing is started', async () => {
    const client = connect(() => server().jwt({ sub: crypto.randomUUID(), exp: 1 }))
    const error = await errorOf(client.start(api.countdown, { seconds: 1 }).result)
    expect(error).toBeInstanceOf(StartFailed)
    expect(error).toMatchObject({ cause: { status: 401 } })
  })

  it('a role that is lacking, of a call and of a start', async () => {
    const client = connectAs(['editor'])
    const refused = { code: 'FORBIDDEN', status: 403, message: "Role 'admin' required" }
    expect(await errorOf(client.call(api.tellAdmin, { news: 'x' }))).toMatchObject(refused)
    const start = await errorOf(client.start(api.runAdmin, { task: 'x' }).result)
    expect(start).toMatchObject({ name: 'StartFailed', cause: refused })
  })

  it('Forge asks for no role of who watches a query', async () => {
    const watched = connectAs(['editor']).watch(api.askAdmin, { question: 'x' })
    watched.subscribe(() => undefined)
    await watched.ready()
    expect(watched.getSnapshot()).toMatchObject({ data: 'x', error: null })
    const nobody = connect().watch(api.askAdmin, { question: 'x' })
    nobody.subscribe(() => undefined)
    await nobody.ready()
    expect(nobody.getSnapshot()).toMatchObject({ data: null, error: { status: 401 } })
  })

  it('arguments of another type: the words of serde, and no more', async () => {
    const client = connect()
    const error = await errorOf(client.call(defineMutation('tell_int'), { value: 'x' }))
    expect(error).toBeInstanceOf(RpcError)
    expect(error).toMatchObject({
      code: 'VALIDATION_ERROR',
      status: 400,
      message: 'invalid type: string "x", expected i32',
      details: null,
    })
  })

  it('what the app itself refuses, and what there is not', async () => {
    const client = connect()
    expect(await errorOf(client.call(api.halve, { number: 3 }))).toMatchObject({
      code: 'VALIDATION_ERROR',
      status: 400,
      message: '3 is odd',
    })
    expect(await errorOf(client.call(api.find, { name: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      message: 'x',
    })
    expect(await errorOf(client.call(defineQuery('nobody_knows'), null))).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
    })
  })
})
