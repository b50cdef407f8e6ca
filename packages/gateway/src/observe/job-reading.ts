/** The place of a job in its queue. `waiting` is any place but these: it waits, paused or not. */
export type JobPlace =
  | 'active'
  | 'completed'
  | 'failed'
  | 'delayed'
  | 'waiting-children'
  | 'waiting'

/** A job as its queue has it: the fields of its hash, as text. */
export interface JobReading {
  place: JobPlace
  name: string
  /** Its data as JSON text; `null` when it was not asked for. */
  data: string | null
  /** Its options as JSON text. */
  opts: string
  /** The time at which it was added, in epoch milliseconds: another one is another job. */
  timestamp: number
  /** How many attempts have ended, how many have begun, and how often its worker was lost. */
  made: number
  begun: number
  stalls: number
  processedOn: number | null
  finishedOn: number | null
  failedReason: string | null
  /** JSON text. */
  returnvalue: string | null
  /** JSON text. */
  progress: string | null
  /** The last line of its log; `null` when it was not asked for. */
  log: string | null
}

/** The fields of a job's hash that are read, in this order, by the name that BullMQ gives them. */
export const jobFields = [
  'name',
  'opts',
  'timestamp',
  'atm',
  'ats',
  'stc',
  'processedOn',
  'finishedOn',
  'failedReason',
  'returnvalue',
  'progress',
] as const

/** The answer about one job: its place, its data, its last log line, and its {@link jobFields}. */
export type JobAnswer = [place: JobPlace, ...values: (string | null)[]]

/** A job from the answer of the script that reads it. Pure. */
export function toReading([place, data = null, log = null, ...values]: JobAnswer): JobReading {
  const [name, opts, timestamp, atm, ats, stc, processedOn, finishedOn] = values
  const [failedReason = null, returnvalue = null, progress = null] = values.slice(8)
  const made = Number(atm ?? 0)
  return {
    place,
    data,
    log,
    name: name ?? '',
    opts: opts ?? '{}',
    timestamp: Number(timestamp ?? 0),
    made,
    // Written since BullMQ 5.
    begun: ats ? Number(ats) : made + (place === 'active' ? 1 : 0),
    stalls: Number(stc ?? 0),
    processedOn: processedOn ? Number(processedOn) : null,
    finishedOn: finishedOn ? Number(finishedOn) : null,
    failedReason,
    returnvalue,
    progress,
  }
}
