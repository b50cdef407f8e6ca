import { type Capability, capabilities } from '../../src/protocol/server-event.ts'

/**
 * The extensions of a server that takes no registrations in the request for a stream: a client
 * opens it with GET, and sends everything in batches.
 */
export const inBatches: readonly Capability[] = capabilities.filter(
  (word) => word !== 'stream-answers',
)
