import type { FaultProxy } from '@headway/test-kit/network/fault-proxy'

/** A report of a run that counts what it has done. */
export interface Counted {
  done: number
  total?: number
  unit: string
  message: string
}

/** A server that the suite uses alone, and may break. */
export interface ServerUnderTest {
  /** Its origin, without the proxy. */
  url: string
  /** A proxy in front of it, whose faults a test can set. */
  proxy: FaultProxy
  /**
   * Make a run of the job `scripted` report; it does nothing by itself. Each resolves once the
   * report is recorded.
   */
  progress(jobId: string, percent: number, message: string): Promise<void>
  count(jobId: string, report: Counted): Promise<void>
  complete(jobId: string, output: unknown): Promise<void>
  fail(jobId: string, error: string): Promise<void>
  /**
   * `goStale` cuts the server off from its sources, such as its database's notifications. `goFresh`
   * reconnects it. A second call of either changes nothing.
   */
  goStale(): Promise<void>
  goFresh(): Promise<void>
  /**
   * Removes a run that has ended, as the server does by itself some time later. Without it, the
   * tests of removed runs are skipped.
   */
  remove?(jobId: string): Promise<void>
  /**
   * It also tells streams whose registration has ended with the run. A server need not remember
   * all of them.
   */
  remembersEnds?: boolean
  /**
   * Stops its workers from taking jobs. Called while no job is under way. Resolves with a function
   * that lets them take jobs again. Without it, the tests of places in queues are skipped.
   */
  hold?(): Promise<() => Promise<void>>
  stop(): Promise<void>
}
