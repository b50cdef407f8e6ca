import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/support/outcome.ts'
import { createTransport } from '../../test/support/transport.ts'
import { pause } from './request.ts'

const never = (): Promise<Response> => new Promise(() => undefined)

describe('pause()', () => {
  it('resolves after its delay, and leaves nothing', async () => {
    const transport = createTransport(never)
    const paused = pause(transport, 500)
    await transport.advance(499)
    expect(await outcomeOf(paused)).toBe('pending')
    await transport.advance(1)
    expect(await outcomeOf(paused)).toBe('resolved')
    expect(transport.pending.size).toBe(0)
  })

  it('rejects when the client is closed, and at once when it is already', async () => {
    const transport = createTransport(never)
    const paused = pause(transport, 500)
    transport.close()
    await expect(paused).rejects.toMatchObject({ code: 'CLOSED' })
    expect(transport.timers()).toBe(0)
    await expect(pause(transport, 500)).rejects.toMatchObject({ code: 'CLOSED' })
    expect(transport.timers()).toBe(0)
  })
})
