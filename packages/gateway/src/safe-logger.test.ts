import { type Logger, pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { thrownThings } from '../test/support/thrown-things.ts'
import { safeLogger } from './safe-logger.ts'

describe('a logger that is given whatever was thrown', () => {
  const lines: string[] = []
  const log = safeLogger(pino({ level: 'info' }, { write: (line) => void lines.push(line) }))

  it.each(thrownThings)('says $name in one line', ({ make }) => {
    lines.length = 0
    log.error({ err: make(), runId: 'r1' }, 'failed')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'failed', runId: 'r1' })
    expect(lines[0]?.length).toBeLessThan(1_000_000)
  })

  it('is the same in all else: its level, its children, its own serializers', () => {
    lines.length = 0
    const own = pino(
      { level: 'warn', serializers: { err: ({ message }: Error) => `own ${message}` } },
      { write: (line: string) => void lines.push(line) },
    )
    const safe = safeLogger(own)
    expect(safe.isLevelEnabled('info')).toBe(false)
    safe.info('not said')
    safe.child({ part: 'a' }).error({ err: new Error('no') }, 'failed')
    safe.warn({ err: new Error('no') }, 'failed')
    expect(lines.map((line) => JSON.parse(line).err)).toEqual(['own no', 'own no'])
    own.level = 'info'
    safe.info('said')
    expect(lines).toHaveLength(3)
  })

  it('keeps what hangs on an error, and says at least the message where that cannot be read', () => {
    lines.length = 0
    log.error({ err: Object.assign(new Error('no'), { code: '40001' }) }, 'failed')
    const toJSON = (): never => {
      throw new Error('not me')
    }
    log.error({ err: Object.assign(new Error('no'), { toJSON }) }, 'failed')
    const errors = lines.map((line) => JSON.parse(line).err)
    expect(errors).toMatchObject([{ message: 'no', code: '40001' }, { message: 'no' }])
  })

  it('is not heard when it throws', () => {
    const broken = {
      error: () => {
        throw new Error('disk full')
      },
    } as unknown as Logger
    expect(() => safeLogger(broken).error({ err: new Error('no') }, 'failed')).not.toThrow()
  })
})
