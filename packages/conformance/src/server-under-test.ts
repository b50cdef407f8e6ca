import type { FaultProxy } from './fault-proxy.ts'

/** A server for the suite, with controls to break it. */
export interface ServerUnderTest {
  /** Its origin, without the proxy. */
  url: string
  /** A proxy to it that can cause network faults. */
  proxy: FaultProxy
  /**
   * Changes a run of its job `scripted`, which does nothing else. Each resolves when the change is
   * recorded.
   */
  progress(jobId: string, percent: number, message: string): Promise<void>
  complete(jobId: string, output: unknown): Promise<void>
  fail(jobId: string, error: string): Promise<void>
  /**
   * `goStale` disconnects it from its sources, such as the notifications of its database. `goFresh`
   * connects it again. You can call both twice.
   */
  goStale(): Promise<void>
  goFresh(): Promise<void>
  stop(): Promise<void>
}
