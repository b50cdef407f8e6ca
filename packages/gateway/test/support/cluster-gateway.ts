import { createGateway, stopOnSignals } from '../../src/index.ts'
import { createClusterApp } from './cluster-app.ts'

/**
 * A gateway of a cluster as a process of its own: it says where. It stops in order on SIGTERM, and
 * ends with its parent.
 */
const { DATABASE = '', PORT, PACE_MS, PING_SECS } = process.env
const gateway = await createGateway({
  ...createClusterApp(DATABASE, Number(PACE_MS)),
  pingSecs: Number(PING_SECS),
  trustProxy: 1,
})
stopOnSignals({ gateway, drainMs: 1_000 })
process.on('disconnect', () => process.exit())
process.send?.((await gateway.listen(Number(PORT))).url)
