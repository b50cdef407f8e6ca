import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createFakeGateway } from '@headway/core/testing'
import { serveFetch } from '@headway/test-kit/network/serve-fetch'
import { expect, it } from 'vitest'

it('close() leaves no timer, no socket and no call: a Node process ends by itself', async () => {
  const gateway = createFakeGateway()
  gateway.intercept(({ path }) =>
    path === '/rpc/never' ? new Promise(() => undefined) : undefined,
  )
  const served = await serveFetch(gateway.fetch)
  const script = fileURLToPath(new URL('support/closing-client.ts', import.meta.url))
  const options = ['--import', 'tsx', '--conditions', 'headway-source', script, served.url]
  const { stdout } = await promisify(execFile)(process.execPath, options)
  expect(stdout).toBe('CLOSED')
  await expect.poll(() => gateway.openStreams()).toBe(0)
  await served.close()
})
