/** How much of a run is done. */
export interface ProgressReport {
  /** How much is done, from 0. */
  done: number
  /** How much there is to do. Without it, and for 0, the percentage stays as it is. */
  total?: number | null | undefined
  /** The unit of `done` and `total`, such as `rows`: up to 32 characters. */
  unit?: string | null | undefined
  message?: string | null | undefined
}
