import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { query } from './support/database.ts'
import { becomes, childrenOf, database, gateway, jobs, worked } from './support/groups-gateway.ts'
import { listening } from './support/migrating-app.ts'
import { testEngine } from './support/test-engine.ts'

const { lines, logger } = listening()
const others: Gateway[] = []
beforeAll(async () => {
  const app = { database, jobs, workflows: {}, logger }
  others.push(await createGateway({ ...app, engine: testEngine(database) }))
  others.push(await createGateway({ ...app, engine: testEngine(database, { queue: 'another' }) }))
})
afterAll(() => Promise.all(others.map((one) => one.close())))

it('retries each child once, whoever else is there', async () => {
  const words = Array.from({ length: 120 }, (_, n) => `bad several ${n}`)
  const id = await gateway.startMany('load', words)
  await becomes(id, { status: 'failed', children: { failed: 120 } })
  await gateway.retry(id)
  await becomes(id, { status: 'failed', attempt: 2, children: { failed: 120 } })
  expect(new Set(words.map((word) => worked.get(word)))).toEqual(new Set([2]))
  expect(await childrenOf(id)).toHaveLength(120)
})

it('does not ask about a notification that names no run', async () => {
  for (const payload of ['nothing', 'x'.repeat(7_000)]) {
    await query(database, `select pg_notify('headway_family', $1)`, [payload])
  }
  const id = await gateway.startMany('load', ['fine several'])
  await becomes(id, { status: 'completed' })
  expect(lines.join('')).not.toContain('could not be counted')
})
