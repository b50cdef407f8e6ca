import type { FakeGateway } from '../../src/testing/index.ts'

/** How many intents the server was asked to start: one per idempotency key. */
export function intents({ requests }: FakeGateway): number {
  const keys = requests.map(({ headers }) => headers.get('x-idempotency-key'))
  return new Set(keys.filter((key) => key !== null)).size
}
