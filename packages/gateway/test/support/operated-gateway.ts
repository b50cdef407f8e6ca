import { afterEach, beforeEach } from 'vitest'
import { createGateway, type Gateway, type GatewayOptions } from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { jobs } from './jobs.ts'
import { memoryEngine } from './memory-engine.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
export const closing: (() => Promise<void>)[] = []

export const serve = async (options: Partial<GatewayOptions> = {}): Promise<[string, Gateway]> => {
  const app = { database, engine: memoryEngine(), jobs, logger: quiet, ...options }
  const gateway = await createGateway(app)
  closing.push(gateway.close)
  return [(await gateway.listen(0)).url, gateway]
}
/** The value of a metric. */
export const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/_api/metrics`)).text()
  const escaped = name.replace(/[{}]/g, '\\$&')
  return Number(new RegExp(`^${escaped} (\\S+)$`, 'm').exec(text)?.[1])
}

beforeEach(async () => {
  database = await createDatabase()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
