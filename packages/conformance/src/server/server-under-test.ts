import type { FaultProxy } from '@headway/test-kit/network/fault-proxy'

/** A server that the suite may use as it likes, and break. */
export interface ServerUnderTest {
  /** Its origin, without anything between. */
  url: string
  /** The way to it that can be broken. */
  proxy: FaultProxy
  /** What its job `scripted` does: nothing, until it is told to. Each resolves once that is recorded. */
  progress(jobId: string, percent: number, message: string): Promise<void>
  complete(jobId: string, output: unknown): Promise<void>
  fail(jobId: string, error: string): Promise<void>
  /**
   * `goStale` cuts it off from its sources, such as its database's notifications; `goFresh` joins
   * it again. Either twice is harmless.
   */
  goStale(): Promise<void>
  goFresh(): Promise<void>
  stop(): Promise<void>
}
