import { randomUUID } from 'node:crypto'
import { openStream, type Stream } from '@headway/conformance/wire'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, job } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** More before a release: HEADWAY_RUNS. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 300)
const secret = 'a secret of no less than thirty-two bytes'
/** What nobody but its owner may ever be told. */
const confidential = `confidential-${randomUUID()}`

let gateway: Gateway
let url: string
let stream: Stream
let jobId: string
let token: string

beforeAll(async () => {
  const database = await createDatabase()
  gateway = await createGateway({
    database,
    engine: bullmq(),
    jobs: { plain: job({ run: () => null }) },
    logger: quiet,
    auth: { jwt: { secret } },
    maxSessions: 3,
    maxSessionsPerUser: 3,
  })
  url = (await gateway.listen(0)).url
  const [row] = await query<{ id: string }>(
    database,
    `select headway.start_job('plain', 'bob', '"${confidential}"') as id`,
  )
  jobId = row?.id ?? ''
  await query(database, 'select headway.progress($1, 50, $2)', [jobId, confidential])
  token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ann')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  stream = await openStream(url, { authorization: `Bearer ${token}` })
})
afterAll(async () => {
  stream?.close()
  await gateway?.close()
})

const paths = [
  '/rpc/plain',
  '/rpc',
  '/rpc/__proto__',
  '/subscribe-job',
  '/subscribe-batch',
  '/unsubscribe',
  '/events/ticket',
  '/jobs/JOB',
  '/jobs/JOB/cancel',
  '/jobs/JOB/retry',
  '/jobs/%00',
  '/signal',
  '/health',
  '/ready',
  '/nothing',
  '//',
  '',
]
/** Values that mean something here, among those that mean nothing. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('JOB', 'SESSION', 'SECRET', 'job', '', '\0', '\ud800') },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const members = [
  'id',
  'job_id',
  'session_id',
  'session_secret',
  'kind',
  'args',
  'function',
  'reason',
]
const body = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(fc.constantFrom(...members), value) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.dictionary(fc.constantFrom(...members), value), { maxLength: 5 })
      .map((items) => ({ session_id: 'SESSION', session_secret: 'SECRET', items })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
)
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.constantFrom(...paths),
  body,
  isAnn: fc.boolean(),
  headers: fc.dictionary(
    fc.constantFrom('x-idempotency-key', 'accept', 'origin', 'x-forwarded-for', 'x-user'),
    fc.constantFrom('', '*/*', 'null', '1.1.1.1', 'x'.repeat(300), 'application/json'),
  ),
})

it('whatever is asked, by whom: an answer, no fault, and nothing of anybody else', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, body, isAnn, headers }) => {
      const fill = (text: string): string =>
        text
          .replaceAll('JOB', jobId)
          .replaceAll('SESSION', stream.session.session_id)
          .replaceAll('SECRET', stream.session.session_secret)
      const response = await fetch(`${url}/_api${fill(path)}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...headers,
          ...(isAnn && { authorization: `Bearer ${token}` }),
        },
        ...(method !== 'GET' && { body: fill(JSON.stringify(body)) }),
      })
      const text = await response.text()
      expect(response.status, text).toBeLessThan(500)
      expect(text).not.toContain(confidential)
      const answer = JSON.parse(text)
      const error = answer.error ?? answer
      if (!response.ok)
        expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) })
    }),
    { numRuns },
  )
})

it('and after that everything is as it was', async () => {
  expect((await fetch(`${url}/_api/ready`)).status).toBe(200)
  expect(JSON.stringify(stream.pushed)).not.toContain(confidential)
  // No session is left that nobody has open.
  const others = [await openStream(url), await openStream(url)]
  await expect(openStream(url)).rejects.toThrow('503')
  for (const other of others) other.close()
})
