import { describe, it } from 'vitest'
import type { AdapterUnderTest } from './adapter-under-test.ts'
import { describeFrames } from './describe-frames.ts'
import { play } from './scenario.ts'
import { scenarios } from './scenarios.ts'

/** The suite for every adapter: all scenarios on a real page, and at most one render per frame. */
export function describeAdapter(name: string, adapter: AdapterUnderTest): void {
  describe(name, () => {
    for (const [about, group] of Object.entries(scenarios)) {
      describe(about, () => {
        for (const scenario of group) it(scenario.name, () => play(adapter, scenario))
      })
    }
    describeFrames(adapter)
  })
}
