/**
 * Imported first, it puts this process's clock SHIFT_MS ahead; PostgreSQL's and the other
 * processes' stay as they are.
 */
const shiftMs = Number(process.env.SHIFT_MS ?? 0)
const Real = Date
if (shiftMs !== 0) {
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [Real.now() + shiftMs] : given) as [number]))
    }
    static override now(): number {
      return Real.now() + shiftMs
    }
  } as DateConstructor
}
