import { query } from '../../src/app/query.ts'
import { quiet } from './quiet.ts'

/** A gateway as a process of its own, whose clock is SHIFT_MS ahead: it says where, and ends with its parent. */
const shiftMs = Number(process.env.SHIFT_MS)
const Real = Date
globalThis.Date = class extends Real {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [Real.now() + shiftMs] : given) as [number]))
  }
  static override now(): number {
    return Real.now() + shiftMs
  }
} as DateConstructor

const { createGateway } = await import('../../src/index.ts')
const gateway = await createGateway({
  database: process.env.DATABASE ?? '',
  queries: { counters: query({ run: ({ sql }) => sql`select id, n from counters order by id` }) },
  logger: quiet,
})
process.on('disconnect', () => process.exit())
process.send?.((await gateway.listen(0)).url)
