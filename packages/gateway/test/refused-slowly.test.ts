import { openStream, post, type Stream } from '@headway/conformance/wire'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { grow, openPausable, type PausableStream } from './support/pausable-stream.ts'
import { quiet } from './support/quiet.ts'

/* A reader that does not read, and registrations that are refused meanwhile. */

let database: string
let gateway: Gateway
let url: string
let slow: PausableStream
/** Reads, and follows the same. */
let other: Stream
/** A job that makes streams slow. */
let large: string
/** Whether a run may be followed. */
let authorize: (id: string) => boolean | Promise<boolean>

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({
    database,
    logger: quiet,
    authorize: ({ run }) => authorize(run.id),
    maxRegistrations: 3,
  })
  url = (await gateway.listen(0)).url
})
afterAll(() => gateway?.close())
beforeEach(async () => {
  authorize = () => true
  slow = await openPausable(url, '?client=headway.1')
  other = await openStream(url, {}, '?client=headway.1')
  large = await begin()
  await follow(slow, large)
})
afterEach(async () => {
  other?.close()
  await slow?.close()
})

/** A job of somebody else: its id. */
const begin = async (): Promise<string> => {
  const text = `select headway.start_job('theirs', owner => 'ann') as id`
  return (await query<{ id: string }>(database, text))[0]?.id ?? ''
}
const report = (call: string, id: string) => query(database, `select headway.${call}`, [id])
const follow = ({ session }: Pick<Stream, 'session'>, runId: string, id = runId) =>
  post(url, '/subscribe-job', { ...session, id, job_id: runId })
const stopReading = () => slow.pause(() => query(database, grow, [large]))
/** The gateway refuses it to both: whoever reads has been told, and the slow one was asked for before. */
const refuse = async (id: string): Promise<void> => {
  await follow(other, id)
  const before = other.errors.length
  authorize = (asked) => asked !== id
  await report(`progress($1, 10, 'not for them')`, id)
  await expect.poll(() => other.errors.slice(before)).toEqual(['UNAUTHORIZED'])
  authorize = () => true
}

it('an error that was not written is not sent after the answer of the next registration', async () => {
  const id = await begin()
  await follow(slow, id)
  await stopReading()
  await refuse(id)
  expect(await follow(slow, id)).toMatchObject({ status: 200 })
  slow.resume()
  await report(`progress($1, 20, 'for them again')`, id)
  await expect.poll(slow.text).toContain('for them again')
  expect(slow.text()).not.toContain('UNAUTHORIZED')
})

it('an error that was not written is sent when nothing takes its place', async () => {
  const id = await begin()
  await follow(slow, id)
  await stopReading()
  await refuse(id)
  slow.resume()
  await expect.poll(slow.text).toContain(`"target":"job:${id}","code":"UNAUTHORIZED"`)
})

it('a registration that is refused late leaves what waits for the one that has replaced it', async () => {
  const [refused, followed] = [await begin(), await begin()]
  let answer = (_: boolean): void => undefined
  const isAsked = new Promise<void>((resolve) => {
    authorize = (id) => {
      if (id !== refused) return true
      resolve()
      return new Promise((may) => {
        answer = may
      })
    }
  })
  const refusing = follow(slow, refused, 'same')
  await isAsked
  await follow(slow, followed, 'same')
  await follow(other, followed)
  await stopReading()
  await report('complete($1)', followed)
  await other.until(({ status }) => status === 'completed')
  answer(false)
  expect(await refusing).toMatchObject({ status: 401 })
  slow.resume()
  await expect.poll(slow.text).toContain('"status":"completed"')
})

it('errors that wait for their reader count among the registrations of the session', async () => {
  await stopReading()
  const [first, second, third] = [await begin(), await begin(), await begin()]
  for (const id of [first, second]) {
    expect(await follow(slow, id)).toMatchObject({ status: 200 })
    await refuse(id)
  }
  expect(await follow(slow, third)).toMatchObject({ status: 429 })
  slow.resume()
  await expect.poll(async () => (await follow(slow, third)).status).toBe(200)
})
