import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ForgeServer, startForge } from './server.ts'

let forge: ForgeServer

beforeAll(async () => {
  forge = await startForge()
})
afterAll(() => forge?.close())

const ask = async (name: string, args: unknown, token?: string): Promise<unknown> => {
  const response = await fetch(`${forge.url}/_api/rpc/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ args }),
  })
  return response.json()
}

it('answers, and knows whose token it is', async () => {
  const sub = crypto.randomUUID()
  expect(await ask('who_am_i', null, forge.jwt({ sub }))).toMatchObject({ data: sub })
})

it('is there again after it was killed, with its data', async () => {
  await ask('add_note', { topic: 'killed', text: 'kept' })
  await forge.kill()
  await forge.start()
  expect(await ask('list_notes', { topic: 'killed' })).toMatchObject({
    data: [{ topic: 'killed', text: 'kept' }],
  })
})
