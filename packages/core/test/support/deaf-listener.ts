import type { ConnectionListener } from '../../src/connection/connection-listener.ts'

/** Follows nothing, and hears nothing. */
export const deafListener: ConnectionListener = {
  itemsToCarry: () => [],
  onAnswers: () => undefined,
  onUpdate: () => undefined,
  onTrouble: () => undefined,
  onFreshness: () => undefined,
  onClockJump: () => undefined,
}
