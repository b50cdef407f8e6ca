import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient, defineMutation } from '../index.ts'
import { createFakeGateway } from '../testing/index.ts'
import { connectionLimitHint } from './connection-limit.ts'

/** A page, with what it was loaded by. */
const loadPage = (href: string, entries: { name: string; nextHopProtocol?: string }[]): void => {
  vi.stubGlobal('location', new URL(href))
  vi.stubGlobal('performance', {
    now: () => 0,
    getEntriesByType: (type: string) => (type === 'resource' ? entries : []),
  })
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a request that got no answer in time', () => {
  it.each([
    [
      'of the page itself',
      'https://app/',
      'https://app/_api/rpc/x',
      'https://app/main.js',
      'http/1.1',
      true,
    ],
    ['of another server', 'https://app/', 'https://api/_api', 'https://api/x', 'http/1.1', true],
    ['over HTTP/2', 'https://app/', 'https://app/_api/rpc/x', 'https://app/main.js', 'h2', false],
    [
      'of a server that was not asked',
      'https://app/',
      'https://app/_api',
      'https://cdn/x',
      'http/1.1',
      false,
    ],
    ['whose protocol is kept back', 'https://app/', 'https://app/_api', 'https://app/x', '', false],
  ])('%s', (_, page, url, name, nextHopProtocol, isLimited) => {
    loadPage(page, [{ name, nextHopProtocol }])
    expect(connectionLimitHint(url) !== '').toBe(isLimited)
  })

  it('outside of a page has no such limit', () => {
    expect(connectionLimitHint('http://api/_api')).toBe('')
  })

  it('says so in the error of a start', async () => {
    vi.useFakeTimers()
    loadPage('https://app/', [{ name: 'https://app/main.js', nextHopProtocol: 'http/1.1' }])
    const gateway = createFakeGateway()
    gateway.intercept(() => new Promise(() => undefined))
    const client = createClient({ fetch: gateway.fetch, storage: null })
    const called = client.call(defineMutation('x')).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await called).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('each tab keeps one. Use HTTP/2'),
    })
    client.close()
  })
})
