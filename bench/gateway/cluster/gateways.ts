import { type Helper, start } from '../processes.ts'

/** Gateways on one database, a process each. */
export interface Gateways {
  ports: readonly number[]
  stop(): Promise<void>
}

/**
 * Starts gateways that share one processor, so that the work of several is compared with the work
 * of one.
 *
 * @param peer `headway`, or `bullmq` for gateways with a queue
 */
export async function startGateways(
  count: number,
  url: string,
  peer = 'headway',
): Promise<Gateways> {
  const gateways: Helper<object, number>[] = []
  const ports: number[] = []
  // One by one: each compiles its code first.
  while (gateways.length < count) {
    const gateway = start<object, number>('serve-database.js', 0, peer, url)
    gateways.push(gateway)
    ports.push(await gateway.next())
  }
  return {
    ports,
    async stop() {
      await Promise.all(gateways.map((gateway) => gateway.stop()))
    },
  }
}
