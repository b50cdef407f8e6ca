import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createGateway, type Gateway, type GatewayOptions, job } from '../../src/index.ts'
import { ask, secret } from './attack.ts'
import { createDatabase } from './database.ts'
import { memoryEngine } from './memory-engine.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

const gateways: Gateway[] = []
export const logged: string[] = []
const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
let database: string
export let url: string
/** The answer of `authenticate` in the gateway at `custom`. */
let identity: unknown
export let custom: string

export const serve = async (auth: GatewayOptions['auth']): Promise<string> => {
  const gateway = await createGateway({
    database,
    engine: memoryEngine(),
    jobs: { mine: job({ run: () => null }) },
    logger,
    ...(auth && { auth }),
  })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  url = await serve({ jwt: { secret } })
  custom = await serve({ authenticate: async () => identity as never })
})
beforeEach(() => void logged.splice(0))
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

export const start = (token: string, at = url) =>
  ask(at, 'POST', '/rpc/mine', { authorization: `Bearer ${token}` })

/** The custom gateway authenticates every request as this identity. */
export function authenticateAs(next: unknown): void {
  identity = next
}
