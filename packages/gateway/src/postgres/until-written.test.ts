import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { mayPass, untilWritten } from './until-written.ts'

const quiet = pino({ level: 'silent' })
const refused = (code: string): Error => Object.assign(new Error('no'), { code })

/** A write that is refused with each of these, and then taken. */
function createWrite(errors: Error[]) {
  return vi.fn(async () => {
    const error = errors.shift()
    if (error) throw error
    return 'written'
  })
}

it('tries again, after waits that grow to two seconds', async () => {
  const write = createWrite(Array.from({ length: 7 }, () => refused('55P03')))
  const pause = vi.fn(async (_ms: number) => undefined)
  expect(await untilWritten(quiet, write, mayPass, pause)).toBe('written')
  const waits = pause.mock.calls.map(([ms]) => ms)
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000])
})

it.each([
  refused('22P02'),
  new TypeError('no'),
  new Error('Cannot use a pool after calling end on the pool'),
])('gives up at once on %s', async (error) => {
  const write = createWrite([error])
  await expect(untilWritten(quiet, write)).rejects.toBe(error)
  expect(write).toHaveBeenCalledTimes(1)
})

it('tries again only what it may', async () => {
  const error = refused('55P03')
  const write = createWrite([error])
  await expect(untilWritten(quiet, write, () => false)).rejects.toBe(error)
})
