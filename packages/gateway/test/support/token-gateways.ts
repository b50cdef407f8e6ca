import type { Stream } from '@headway/conformance/wire'
import { pino } from 'pino'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import {
  createGateway,
  createWorker,
  type Gateway,
  type GatewayOptions,
  job,
  mutation,
  query,
  UploadedFile,
  type Worker,
} from '../../src/index.ts'
import { secret } from './attack.ts'
import { createDatabase, query as run } from './database.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const lines: string[] = []
export const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
export const jobs = {
  export_users: job({
    run: async (ctx, { format }: { format: string }) => {
      await ctx.progress(50, 'half')
      return `users.${format}`
    },
  }),
}
export const queries = {
  names: query({
    run: async ({ sql }) => {
      const rows = await sql<{ name: string }>`select name from users order by name`
      return rows.map(({ name }) => name)
    },
  }),
}
const mutations = {
  rename: mutation({
    run: async ({ sql, input }: import('../../src/index.ts').MutationContext<{ name: string }>) => {
      await sql`update users set name = ${input.name}`
      return input.name
    },
  }),
  import_users: mutation({
    files: true,
    input: v.object({ file: v.instance(UploadedFile), team: v.string() }),
    run: async ({ input }) => `${input.team} ${await input.file.text()}`,
  }),
}

export let database: string
let worker: Worker
/** With the option, and without it. */
export let on: string
export let off: string
export const gateways: Gateway[] = []
export const streams: Stream[] = []

export const serve = async (options: Partial<GatewayOptions>): Promise<string> => {
  const gateway = await createGateway({
    ...{ database, engine: bullmq(), jobs, queries, mutations, logger },
    cors: { origins: ['https://app.example.com'] },
    maxSessionsPerUser: 100,
    ...options,
  })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  await run(database, `create table users (name text); insert into users values ('Ada')`)
  on = await serve({ auth: { jwt: { secret }, tokenInUrl: true } })
  off = await serve({ auth: { jwt: { secret } } })
  worker = await createWorker({ database, engine: bullmq(), jobs, logger })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(async () => {
  await worker?.close({ force: true })
  await Promise.all(gateways.map((gateway) => gateway.close()))
})
