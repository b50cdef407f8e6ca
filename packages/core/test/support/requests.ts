import type { FakeGateway } from '../../src/testing/index.ts'

/** The number of different idempotency keys in the starts so far. */
export function intents({ requests }: FakeGateway): number {
  const keys = requests.map(({ headers }) => headers.get('x-idempotency-key'))
  return new Set(keys.filter((key) => key !== null)).size
}
