import { connect } from 'node:net'
import { createUpload } from '@headway/core/upload'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'
import {
  client,
  csv,
  directory,
  holdUploads,
  mutations,
  names,
  url,
  waitingFiles,
} from './support/uploads-gateway.ts'

describe('a client in another process', () => {
  const secret = 'a secret of no less than thirty-two bytes'
  const sign = (expiresAt: number): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ann')
      .setExpirationTime(expiresAt)
      .sign(new TextEncoder().encode(secret))
  let guarded: Gateway
  let guardedUrl: string
  beforeAll(async () => {
    const database = await createDatabase()
    const auth = { jwt: { secret } }
    guarded = await createGateway({
      database,
      mutations,
      logger: quiet,
      auth,
      uploads: { directory },
    })
    guardedUrl = (await guarded.listen(0)).url
  })
  afterAll(() => guarded?.close())

  /** What became of each of ten tries to send 9 MB. */
  const send = async (name: string, token: string, renewed = token) => {
    const env = { URL_TO: guardedUrl, NAME: name, BYTES: '9000000', TRIES: '10' }
    const { message } = await startProcess('./uploading.ts', {
      ...env,
      TOKEN: token,
      RENEWED: renewed,
    })
    const { outcomes, renewed: renewals } = JSON.parse(String(message))
    return { outcomes: [...new Set(outcomes)], renewals }
  }

  it('reads why it is refused, however early that was known', async () => {
    const valid = await sign(Date.now() / 1_000 + 600)
    expect(await send('plain', valid)).toEqual({
      outcomes: ['INVALID_ARGUMENT error'],
      renewals: 0,
    })
    expect(await send('keep', valid)).toMatchObject({ outcomes: ['PAYLOAD_TOO_LARGE error'] })
    expect(await send('nobody', valid)).toMatchObject({ outcomes: ['NOT_FOUND error'] })
  })

  it('renews a token that is refused in the middle of its files, and sends them again', async () => {
    const expired = await sign(Date.now() / 1_000 - 600)
    const valid = await sign(Date.now() / 1_000 + 600)
    expect(await send('held', expired, valid)).toEqual({
      outcomes: ['9000000 success'],
      renewals: 10,
    })
  })
})

it('a file whose sender goes away in the middle of it leaves nothing', async () => {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  const head =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
  socket.write(
    `POST /_api/rpc/keep/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n${head}${'x'.repeat(20_000)}`,
  )
  await expect.poll(waitingFiles).toHaveLength(1)
  socket.destroy()
  await expect.poll(waitingFiles).toEqual([])
})

it('an upload that is given up ends, and so does what it left at the server', async () => {
  const release = holdUploads()
  const upload = createUpload(client, names.mutations.held)
  const sending = upload.send({ file: csv('x') })
  await expect.poll(() => upload.getSnapshot().status).toBe('answering')
  upload.cancel()
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  expect(upload.getSnapshot()).toMatchObject({ status: 'idle', error: null })
  release()
  await expect.poll(waitingFiles).toEqual([])
  const failing = createUpload(client, names.mutations.keep)
  await expect(failing.send({ file: new Blob(['x']) })).rejects.toMatchObject({
    code: 'MIME_MISMATCH',
  })
  expect(failing.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'MIME_MISMATCH' } })
})

it('files that take too long are refused', async () => {
  const impatient = await createGateway({
    database: await createDatabase(),
    mutations,
    logger: quiet,
    uploads: { directory, timeoutSecs: 0.2 },
  })
  const { port } = new URL((await impatient.listen(0)).url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  socket.write(
    'POST /_api/rpc/keep/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n',
  )
  await expect.poll(() => answer).toContain('"REQUEST_TIMEOUT"')
  socket.destroy()
  await expect.poll(waitingFiles).toEqual([])
  await impatient.close()
})
