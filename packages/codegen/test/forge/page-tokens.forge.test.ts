import { describe, expect, it } from 'vitest'
import { useForgePages } from './page/pages.ts'
import { call, start, streamsOf, use, watch } from './page/shown-page.ts'

const { open, server } = useForgePages()

describe('tokens', () => {
  const sub = crypto.randomUUID()
  const inSecs = (secs: number): number => Math.floor(Date.now() / 1_000) + secs

  it('say who asks; without one the server says no', async () => {
    const shown = await open()
    expect(await call(shown, 'who_am_i', null)).toBe('UNAUTHORIZED')
    await use(shown, server().jwt({ sub }))
    expect(await call(shown, 'who_am_i', null)).toBe(sub)
    await start(shown, 'job', 'countdown', { seconds: 2 })
    await expect
      .poll(() => shown.show('countdown'))
      .toMatchObject({ phase: 'succeeded', output: 2 })
  })

  it('of the same user are renewed without another stream', async () => {
    const shown = await open('same-origin', server().jwt({ sub, exp: inSecs(600) }))
    await watch(shown, 'renewed')
    await expect.poll(() => shown.show('renewed')).toMatchObject({ data: [] })
    await use(shown, server().jwt({ sub, exp: inSecs(1_200) }))
    await call(shown, 'add_note', { topic: 'renewed', text: 'a' })
    await expect.poll(() => shown.show('renewed')).toMatchObject({ data: [{ text: 'a' }] })
    expect(streamsOf(shown)).toBe(1)
  })

  it('that end make a query stale, until Forge ends the stream and the page has another one', async () => {
    const shown = await open('same-origin', server().jwt({ sub, exp: inSecs(3) }))
    await watch(shown, 'ended')
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ data: [], sync: { status: 'live' } })
    await use(shown, server().jwt({ sub, exp: inSecs(600) }))
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ sync: { status: 'stale', reason: 'token_expired' } })
    expect(streamsOf(shown)).toBe(1)
    await call(shown, 'add_note', { topic: 'ended', text: 'a' })
    await expect
      .poll(() => shown.show('ended'), { timeout: 90_000 })
      .toMatchObject({ data: [{ text: 'a' }], sync: { status: 'live' } })
    expect(streamsOf(shown)).toBe(2)
    await call(shown, 'add_note', { topic: 'ended', text: 'b' })
    await expect
      .poll(() => shown.show('ended'))
      .toMatchObject({ data: [{ text: 'a' }, { text: 'b' }] })
  })

  it('of another user move the page to another stream', async () => {
    const shown = await open('same-origin', server().jwt({ sub }))
    await watch(shown, 'moved')
    await expect.poll(() => shown.show('moved')).toMatchObject({ data: [] })
    const other = crypto.randomUUID()
    await use(shown, server().jwt({ sub: other }))
    expect(await call(shown, 'who_am_i', null)).toBe(other)
    await expect.poll(() => streamsOf(shown)).toBe(2)
    await call(shown, 'add_note', { topic: 'moved', text: 'a' })
    await expect.poll(() => shown.show('moved')).toMatchObject({ data: [{ text: 'a' }] })
  })
})
