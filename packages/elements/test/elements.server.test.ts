import { createClient } from '@headway/core'
import { expect, it } from 'vitest'

it('is imported on a server, and defines nothing there', async () => {
  expect('HTMLElement' in globalThis).toBe(false)
  const elements = await import('../src/index.ts')
  expect(elements.HeadwayProgress).toBeTypeOf('function')
  expect(elements.defaultMessages.running).toBe('Running')
  await import('../src/define.ts')
  expect('customElements' in globalThis).toBe(false)
})

it('refuses a client for everybody', async () => {
  const { setClient } = await import('../src/index.ts')
  expect(() => setClient(createClient({ url: 'http://server' }))).toThrow('mix users')
})
