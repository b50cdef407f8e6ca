import { openStream, type Stream } from '@headway/conformance/wire'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { createGateway, type Gateway, type GatewayOptions, job } from '../../src/index.ts'
import { type Answer, ask as askAt, member } from './attack.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const secret = 'a secret of no less than thirty-two bytes'
export const key = new TextEncoder().encode(secret)
export const jobs = { mine: job({ run: () => null }), open: job({ public: true, run: () => null }) }

export let database: string
export let url: string
export const gateways: Gateway[] = []
const streams: Stream[] = []

/** A gateway with the options that matter. */
export const serve = async (options: Partial<GatewayOptions> = {}): Promise<string> => {
  const app = { database, engine: bullmq(), jobs, logger: quiet, auth: { jwt: { secret } } }
  const gateway = await createGateway({ ...app, ...options })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  url = await serve({
    cors: { origins: ['https://app.example.com'] },
    maxSessionsPerUser: 2,
    authorize: ({ principal, run }) => principal?.roles.includes('support') === true && !!run.owner,
  })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

/** A token of `sub`. */
export const sign = (sub: string, claims: object = {}, lifeSecs = 60): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + lifeSecs)
    .sign(key)
export const bearer = async (sub: string, claims?: object): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await sign(sub, claims)}`,
})
export const nobody = {}

export const ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown = {},
  at = url,
): Promise<Answer> => askAt(at, method, path, headers, body)
/** The id of a job that was started so. */
export const startedBy = (answer: Answer): string => String(member(answer, 'job_id'))
export const begin = async (headers: Record<string, string>): Promise<string> =>
  startedBy(await ask('POST', '/rpc/mine', headers))
export const open = async (
  headers: Record<string, string>,
  search?: string,
  at = url,
  items?: readonly object[],
) => {
  const stream = await openStream(at, headers, search, items)
  streams.push(stream)
  return stream
}
export const register = (
  stream: Stream,
  headers: Record<string, string>,
  jobId: string,
  at = url,
) => ask('POST', '/subscribe-job', headers, { ...stream.session, id: jobId, job_id: jobId }, at)
export const change = (jobId: string, message: string) =>
  query(
    database,
    `with changed as (update headway.run set message = $2, revision = revision + 1
      where id = $1 returning id) select pg_notify('headway_run', id::text) from changed`,
    [jobId, message],
  )
