import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient, defineMutation } from '../index.ts'
import { createFakeGateway } from '../testing/index.ts'
import { connectionLimitHint } from './connection-limit.ts'

/** Stubs a page and the requests that loaded it. */
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

describe('connectionLimitHint', () => {
  it.each([
    [
      'names the limit for the server of the page',
      'https://app/',
      'https://app/_api/rpc/x',
      'https://app/main.js',
      'http/1.1',
      true,
    ],
    [
      'names the limit for another server',
      'https://app/',
      'https://api/_api',
      'https://api/x',
      'http/1.1',
      true,
    ],
    [
      'is empty over HTTP/2',
      'https://app/',
      'https://app/_api/rpc/x',
      'https://app/main.js',
      'h2',
      false,
    ],
    [
      'is empty if only other servers use HTTP/1.1',
      'https://app/',
      'https://app/_api',
      'https://cdn/x',
      'http/1.1',
      false,
    ],
    [
      'is empty if the browser hides the protocol',
      'https://app/',
      'https://app/_api',
      'https://app/x',
      '',
      false,
    ],
  ])('%s', (_, page, url, name, nextHopProtocol, isLimited) => {
    loadPage(page, [{ name, nextHopProtocol }])
    expect(connectionLimitHint(url) !== '').toBe(isLimited)
  })

  it('is empty outside a page', () => {
    expect(connectionLimitHint('http://api/_api')).toBe('')
  })

  it('is part of the message of a time-out', async () => {
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
