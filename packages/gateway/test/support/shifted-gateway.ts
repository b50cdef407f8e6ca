import './shifted-clock.ts'
import { createGateway, query } from '../../src/index.ts'
import { quiet } from './quiet.ts'

/**
 * A gateway as a process of its own, whose clock is SHIFT_MS ahead: it says where, and ends with
 * its parent.
 */
const gateway = await createGateway({
  database: process.env.DATABASE ?? '',
  queries: { counters: query({ run: ({ sql }) => sql`select id, n from counters order by id` }) },
  logger: quiet,
})
process.on('disconnect', () => process.exit())
process.send?.((await gateway.listen(0)).url)
