import type { FakeGateway } from '../../src/testing/index.ts'

/** Advances the clock while the server pings, so that no stream fails for silence. */
export async function live(
  { advance, gateway }: { advance(ms: number): Promise<void>; gateway: FakeGateway },
  ms: number,
): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10_000) {
    await advance(10_000)
    gateway.ping()
  }
}
