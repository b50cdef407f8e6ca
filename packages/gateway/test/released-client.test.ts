import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openStream } from '@headway/conformance/wire'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import { chromium } from 'playwright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ask, bearer, secret, sign } from './support/attack.ts'
import { createReleasedClient } from './support/released-client.ts'
import { lines, off, on, serve, streams } from './support/token-gateways.ts'

it('nothing that is logged, counted or answered has a token of a URL', async () => {
  const own = await serve({
    auth: {
      authenticate: () => Promise.reject(new Error('The directory is away')),
      tokenInUrl: true,
    },
  })
  const token = await sign('ann', { nonce: 'seen-nowhere' })
  const old = await sign('ann', { nonce: 'seen-nowhere' }, -120)
  const asked = [on, off, own].flatMap((url) =>
    [
      `/events?token=${old}`,
      `/event?token=${token}`,
      `/events?token=${token}&ticket=7`,
      `/jobs/7?token=${token}`,
    ].map((path) => ask(url, 'GET', path)),
  )
  const answers = await Promise.all(asked)
  streams.push(await openStream(on, {}, `?token=${token}`))
  const metrics = await fetch(`${on}/_api/metrics`, {
    headers: await bearer('root', { roles: ['admin'] }),
  })
  const written = [
    ...lines,
    await metrics.text(),
    ...answers.map(({ message, data }) => JSON.stringify([message, data])),
  ].join()
  expect(written).toContain('"path":"/_api/events"')
  expect(written).toContain('The directory is away')
  for (const part of [...token.split('.').slice(1), ...old.split('.').slice(1)])
    expect(written).not.toContain(part)
})

describe("Forge's released client, in a page of another origin", () => {
  it('starts, follows, watches, calls and uploads where its tokens are read', async () => {
    const client = createReleasedClient(on, await sign('ann'))
    await client.connect()
    const started = await client.call('export_users', { format: 'csv' })
    const jobId = String((started as { job_id: string }).job_id)
    const snapshot = await client.followJob('mine', jobId)
    const job = () =>
      client.updates.findLast(({ target }) => target === 'job:mine')?.payload ?? snapshot
    await expect.poll(job).toMatchObject({ status: 'completed', progress: 50, output: 'users.csv' })

    expect(await client.watch('all', 'names', null)).toEqual(['Ada'])
    expect(await client.call('rename', { name: 'Grace' })).toBe('Grace')
    await expect
      .poll(() => client.updates.at(-1))
      .toEqual({ target: 'sub:all', payload: ['Grace'] })
    expect(await client.call('names', {})).toEqual(['Grace'])
    await client.leave('all')

    const file = new File(['id\n1'], 'users.csv', { type: 'text/csv' })
    expect(await client.upload('import_users', file, { team: 'a' })).toBe('a id\n1')
    expect(new Set(client.sent.map(({ status }) => status))).toEqual(new Set([200]))
    client.close()
  })

  it("does so by a browser's own EventSource, fetch and preflights", async () => {
    const pages = createServer((_, response) => response.end('<!doctype html>')).listen(0)
    await once(pages, 'listening')
    const origin = `http://localhost:${(pages.address() as AddressInfo).port}`
    const url = await serve({
      auth: { jwt: { secret }, tokenInUrl: true },
      cors: { origins: [origin] },
    })
    const browser = await chromium.launch(await chromiumOptions())
    onTestFinished(async () => {
      await browser.close()
      pages.close()
    })
    const page = await browser.newPage()
    await page.goto(origin)
    const seen = await page.evaluate(
      async ([api, token]) => {
        const authorization = `Bearer ${token}`
        const send = async (path: string, headers: Record<string, string>, body: BodyInit) => {
          const init = { method: 'POST', headers, body, credentials: 'include' } as const
          const answer = await (await fetch(`${api}/_api${path}`, init)).json()
          return answer.data ?? answer.error
        }
        const json = { 'content-type': 'application/json', authorization }
        const source = new EventSource(`${api}/_api/events?token=${token}`)
        const connected = new Promise<{ data: string }>((resolve, reject) => {
          source.addEventListener('connected', resolve)
          source.onerror = () => reject(new Error('the stream was refused'))
        })
        let job = { status: '', output: '' }
        let tell = (_: unknown): void => undefined
        source.addEventListener('update', ({ data }) => {
          job = JSON.parse(data).payload
          tell(job)
        })
        const { session_id, session_secret } = JSON.parse((await connected).data)
        const call = { ...json, accept: 'application/vnd.forge.v1+json', 'x-forge-platform': 'web' }
        const args = { format: 'csv' }
        const { job_id } = await send('/rpc/export_users', call, JSON.stringify({ args }))
        const session = { session_id, session_secret, id: 'mine' }
        const answered = await send('/subscribe-job', json, JSON.stringify({ ...session, job_id }))
        if (job.status === '') job = answered
        while (job.status !== 'completed') await new Promise((resolve) => (tell = resolve))
        const form = new FormData()
        form.append('file', new File(['id'], 'users.csv', { type: 'text/csv' }))
        form.append('_json', '{"team":"a"}')
        const proof = { 'x-forge-platform': 'web', authorization }
        const uploaded = await send('/rpc/import_users/upload', proof, form)
        source.close()
        return { output: job.output, uploaded }
      },
      [url, await sign('ann')] as const,
    )
    expect(seen).toEqual({ output: 'users.csv', uploaded: 'a id' })
  })

  it('is refused at the stream where they are not', async () => {
    const client = createReleasedClient(off, await sign('ann'))
    await expect(client.connect()).rejects.toThrow('TOKEN_IN_URL')
  })
})
